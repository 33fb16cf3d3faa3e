import type { MouseEvent } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useQuery } from '../../api/useQuery';
import { Page } from '../../app/Page';
import type { LegalDocument } from '../../app/paths';
import { appTexts } from '../../app/texts';
import { Button, Notice, SkeletonLines } from '../../design';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import NotFoundPage from '../notFound/NotFoundPage';
import { isLegalDocument, loadLegal } from './documents';
import css from './legal.module.css';

export default function LegalPage() {
  const { document: name } = useParams();
  return isLegalDocument(name) ? <Document name={name} /> : <NotFoundPage />;
}

function Document({ name }: { readonly name: LegalDocument }) {
  const t = useTexts(appTexts);
  const language = useLanguage();
  const navigate = useNavigate();
  const text = useQuery(() => loadLegal(name, language), [name, language]);
  const follow = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
    if (link === null || link.origin !== location.origin || elsewhere) return;
    event.preventDefault();
    void navigate(link.pathname);
  };
  return (
    <Page title={text.data?.title ?? t[name]}>
      {text.error && (
        <Notice kind="bad" action={<Button onClick={text.reload}>{t.reload}</Button>}>
          {t.brokenWhy}
        </Notice>
      )}
      {text.data === undefined ? (
        text.loading && <SkeletonLines label={t.loading} lines={8} />
      ) : (
        // Made of our own files when the client was built, in which HTML counts as text.
        <div className={css['text']} onClick={follow} dangerouslySetInnerHTML={{ __html: text.data.html }} />
      )}
    </Page>
  );
}
