import { useState } from 'react';
import { of, type Schema } from '../../api/client';
import { Badge, Button, Icon, Select, toast } from '../../design';
import { date, number } from '../../i18n/format';
import { isolate } from '../../i18n/isolate';
import { useTexts } from '../../i18n/texts';
import { PagedList } from './PagedList';
import { usePages } from '../../api/usePages';
import { desk } from './client';
import { CodeDialog } from './CodeDialog';
import { CodeForm } from './CodeForm';
import { ConfirmDialog } from './ConfirmDialog';
import css from './console.module.css';
import { consoleTexts } from './texts';
import { thingsTexts } from './thingsTexts';

type Code = Schema<'Codes'>['codes'][number];

const PAGE = 50;

/** Access codes: new ones, all there are, and the end of them. */
export function CodesTab() {
  const t = useTexts(thingsTexts);
  const shared = useTexts(consoleTexts);
  const [type, setType] = useState<Code['type'] | ''>('');
  const [active, setActive] = useState<'true' | 'false' | ''>('');
  const [total, setTotal] = useState<number>();
  const [shown, setShown] = useState<string>();
  const [ending, setEnding] = useState<string>();
  const pages = usePages(
    async (before, signal) => {
      const query = {
        limit: PAGE,
        ...(type === '' ? {} : { type }),
        ...(active === '' ? {} : { active: active === 'true' }),
        ...(before === null ? {} : { before }),
      };
      const answer = await of(desk.GET('/payment/admin/codes', { params: { query }, signal }));
      setTotal(answer.total);
      return { entries: answer.codes, next: answer.next };
    },
    [type, active],
  );
  const made = (code: string) => {
    setShown(code);
    pages.reload();
  };
  const deactivate = async (code: string) => {
    await of(desk.POST('/payment/admin/deactivate-code', { body: { code } }));
    toast(t.deactivated);
    pages.change((all) => all.map((one) => (one.code === code ? { ...one, isActive: false } : one)));
  };

  return (
    <>
      <CodeForm onMade={made} />
      <h2>{total === undefined ? shared.codes : t.codes(number(total))}</h2>
      <div className={css['filters']}>
        <Select label={t.kind} value={type} onChange={(event) => setType(event.target.value as Code['type'] | '')}>
          <option value="">{shared.any}</option>
          <option value="admin">{t.type_admin}</option>
          <option value="user">{t.type_user}</option>
        </Select>
        <Select
          label={t.state}
          value={active}
          onChange={(event) => setActive(event.target.value as 'true' | 'false' | '')}
        >
          <option value="">{shared.any}</option>
          <option value="true">{t.active}</option>
          <option value="false">{t.inactive}</option>
        </Select>
      </div>
      <PagedList label={shared.codes} pages={pages} keyOf={(one) => one.code} empty={t.noCodes}>
        {(code) => (
          <div className={css['text']}>
            <h3 className={css['code']}>{code.code}</h3>
            <Uses code={code} />
            {code.isActive && (
              <div className={css['row']}>
                <Button look="secondary" onClick={() => setShown(code.code)}>
                  <Icon name="expand" />
                  {t.showQr}
                </Button>
                <Button look="danger" onClick={() => setEnding(code.code)}>
                  {t.deactivate}
                </Button>
              </div>
            )}
          </div>
        )}
      </PagedList>
      {shown !== undefined && <CodeDialog code={shown} onClose={() => setShown(undefined)} />}
      {ending !== undefined && (
        <ConfirmDialog
          title={t.deactivateAsk(ending)}
          act={t.deactivate}
          danger
          onDo={() => deactivate(ending)}
          onClose={() => setEnding(undefined)}
        >
          <p>{t.deactivateWhy}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function Uses({ code }: { readonly code: Code }) {
  const t = useTexts(thingsTexts);
  return (
    <>
      <p className={css['row']}>
        <Badge>{t[`type_${code.type}`]}</Badge>
        <Badge>{code.isActive ? t.active : t.inactive}</Badge>
        <span>
          {code.maxUses < 0 ? t.used(number(code.totalUsed)) : t.usedOf(number(code.totalUsed), number(code.maxUses))}
        </span>
      </p>
      <p className={css['soft']}>
        {t.madeBy(isolate(code.createdBy), date(code.createdAt))}
        {code.expiresAt !== undefined && ` · ${t.until(date(code.expiresAt))}`}
      </p>
    </>
  );
}
