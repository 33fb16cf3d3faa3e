import { useState } from 'react';
import { of, type Schema } from '../../api/client';
import { Button, Field, TextArea, toast } from '../../design';
import { isolate } from '../../i18n/isolate';
import { useTexts } from '../../i18n/texts';
import { desk } from './client';
import { ConfirmDialog } from './ConfirmDialog';
import css from './console.module.css';
import { daysOf, inDays } from './days';
import { moderationTexts } from './moderationTexts';
import { consoleTexts } from './texts';

/** What may become of a ban in force: what a review decides, or that it is lifted without judging the reports. */
export type Decision = Schema<'Decision'> | 'lifted';

const decisions = ['permanent', 'temporary', 'vindicated', 'lifted'] as const satisfies readonly Decision[];

interface Banned {
  readonly userId: string;
  readonly userName: string;
}

async function carryOut(userId: string, decision: Decision, days: number | undefined, reason: string): Promise<void> {
  const params = { path: { userId } };
  const why = reason.trim() === '' ? {} : { reason: reason.trim() };
  if (decision === 'lifted') {
    await of(desk.POST('/report/unban/{userId}', { params, body: why }));
    return;
  }
  const until = decision === 'temporary' && days !== undefined ? { until: inDays(days) } : {};
  await of(desk.POST('/report/review/{userId}', { params, body: { decision, ...until, ...why } }));
}

interface DecisionsProps {
  readonly banned: Banned;
  /** Told when one was carried out. */
  readonly onDecided: (decision: Decision) => void;
}

/** What can be decided on a ban in force. */
export function Decisions({ banned, onDecided }: DecisionsProps) {
  const t = useTexts(moderationTexts);
  const [asking, setAsking] = useState<Decision>();
  return (
    <div className={css['row']}>
      {decisions.map((decision) => (
        <Button
          key={decision}
          look={decision === 'permanent' ? 'danger' : 'secondary'}
          onClick={() => setAsking(decision)}
        >
          {t[decision]}
        </Button>
      ))}
      {asking !== undefined && (
        <DecisionDialog
          banned={banned}
          decision={asking}
          onDecided={onDecided}
          onClose={() => setAsking(undefined)}
        />
      )}
    </div>
  );
}

interface DecisionDialogProps extends DecisionsProps {
  readonly decision: Decision;
  readonly onClose: () => void;
}

function DecisionDialog({ banned, decision, onDecided, onClose }: DecisionDialogProps) {
  const t = useTexts(moderationTexts);
  const shared = useTexts(consoleTexts);
  const [days, setDays] = useState('7');
  const [reason, setReason] = useState('');
  const name = isolate(banned.userName);
  const whole = daysOf(days);
  const carryOutDecision = async () => {
    await carryOut(banned.userId, decision, whole, reason);
    toast(t.done(name));
    onDecided(decision);
  };
  return (
    <ConfirmDialog
      title={t[`${decision}Ask`](name)}
      act={t[decision]}
      danger={decision === 'permanent'}
      blocked={decision === 'temporary' && whole === undefined}
      onDo={carryOutDecision}
      onClose={onClose}
    >
      <p>{t[`${decision}Why`]}</p>
      {decision === 'temporary' && (
        <Field
          label={shared.days}
          problem={whole === undefined ? shared.daysWrong : undefined}
          inputMode="numeric"
          required
          value={days}
          onChange={(event) => setDays(event.target.value)}
        />
      )}
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
