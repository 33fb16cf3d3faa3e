import { useState } from 'react';
import { of, type Schema } from '../../api/client';
import { consolePath } from '../../app/paths';
import { Badge, Button, Card, LinkButton, TextArea, toast } from '../../design';
import { dateTime } from '../../i18n/format';
import { isolate } from '../../i18n/isolate';
import { useTexts } from '../../i18n/texts';
import { desk } from './client';
import { ConfirmDialog } from './ConfirmDialog';
import css from './console.module.css';
import { moderationTexts } from './moderationTexts';
import { Media } from './people';
import { peopleTexts, wordOf } from './peopleTexts';
import { consoleTexts } from './texts';

interface AccountCardProps {
  readonly found: Schema<'Inspection'>;
  /** Told when something of it was changed. */
  readonly onChanged: () => void;
}

/** Who somebody is, where he is now, and what can be done about both. */
export function AccountCard({ found, onChanged }: AccountCardProps) {
  const t = useTexts(peopleTexts);
  const moderation = useTexts(moderationTexts);
  const [asking, setAsking] = useState<'role' | 'call'>();
  const name = isolate(found.name);
  const { roomId } = found;
  const close = () => setAsking(undefined);
  return (
    <Card>
      <h2 dir="auto">{found.name}</h2>
      <p className={css['row']}>
        <Badge>{t[`type_${found.accountType}`]}</Badge>
        <Badge>{t[`role_${found.role}`]}</Badge>
        <Badge>{moderation[`status_${found.banStatus}`]}</Badge>
      </p>
      <Media
        selfie={found.selfieUrl}
        video={found.videoUrl}
        selfieOf={moderation.selfieOf(name)}
        videoOf={moderation.videoOf(name)}
      />
      <dl className={css['facts']}>
        <dt>{t.presence}</dt>
        <dd>{found.presence === null ? t.presenceUnknown : wordOf(t, 'presence', found.presence)}</dd>
        <dt>{t.email}</dt>
        <dd>{found.email ?? t.noMail}</dd>
        <dt>{t.gender}</dt>
        <dd>{t[`gender_${found.gender}`]}</dd>
        <dt>{t.access}</dt>
        <dd>{t[`paid_${found.paidStatus}`]}</dd>
        <dt>{t.account}</dt>
        <dd>{t.since(dateTime(found.createdAt))}</dd>
        <dt>{t.id}</dt>
        <dd className={css['code']}>{found.userId}</dd>
      </dl>
      <div className={css['row']}>
        {roomId !== null && (
          <Button look="danger" onClick={() => setAsking('call')}>
            {t.endCall}
          </Button>
        )}
        {found.accountType === 'permanent' && (
          <Button look="secondary" onClick={() => setAsking('role')}>
            {found.role === 'admin' ? t.makeUser : t.makeAdmin}
          </Button>
        )}
        <LinkButton look="quiet" to={`${consolePath('audit')}?${new URLSearchParams({ subject: found.userId })}`}>
          {t.inAudit}
        </LinkButton>
      </div>
      {asking === 'role' && <RoleDialog found={found} onChanged={onChanged} onClose={close} />}
      {asking === 'call' && roomId !== null && <EndCallDialog roomId={roomId} onChanged={onChanged} onClose={close} />}
    </Card>
  );
}

interface RoleDialogProps extends AccountCardProps {
  readonly onClose: () => void;
}

function RoleDialog({ found, onChanged, onClose }: RoleDialogProps) {
  const t = useTexts(peopleTexts);
  const name = isolate(found.name);
  const demoted = found.role === 'admin';
  const change = async () => {
    const params = { path: { userId: found.userId } };
    await of(desk.PUT('/admin/users/{userId}/role', { params, body: { role: demoted ? 'user' : 'admin' } }));
    toast(t.roleSet);
    onChanged();
  };
  return (
    <ConfirmDialog
      title={demoted ? t.makeUserAsk(name) : t.makeAdminAsk(name)}
      act={demoted ? t.makeUser : t.makeAdmin}
      danger
      onDo={change}
      onClose={onClose}
    >
      <p>{demoted ? t.makeUserWhy : t.makeAdminWhy}</p>
    </ConfirmDialog>
  );
}

interface EndCallDialogProps {
  readonly roomId: string;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

function EndCallDialog({ roomId, onChanged, onClose }: EndCallDialogProps) {
  const t = useTexts(peopleTexts);
  const shared = useTexts(consoleTexts);
  const [reason, setReason] = useState('');
  const end = async () => {
    const body = reason.trim() === '' ? {} : { reason: reason.trim() };
    await of(desk.POST('/admin/calls/{roomId}/end', { params: { path: { roomId } }, body }));
    toast(t.callEnded);
    onChanged();
  };
  return (
    <ConfirmDialog title={t.endCallAsk} act={t.endCall} danger onDo={end} onClose={onClose}>
      <p>{t.endCallWhy}</p>
      <TextArea
        label={shared.reason}
        hint={shared.reasonHint}
        maxLength={1000}
        rows={2}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </ConfirmDialog>
  );
}
