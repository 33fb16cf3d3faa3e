import { useState } from 'react';
import { api, of } from '../../api/client';
import { explain } from '../../api/explain';
import { ApiError } from '../../api/refusal';
import { Card, Field, toast } from '../../design';
import { Form } from '../../forms/Form';
import { useTexts } from '../../i18n/texts';
import { accessTexts } from './texts';

const CODE = /^[A-Z0-9]{16}$/;

interface AccessCodeFormProps {
  /** From the address that was scanned. */
  readonly code: string;
  readonly onDone: () => void;
}

/** Lets somebody in who was given a code. What cannot be one is not tried: wrong codes are counted. */
export function AccessCodeForm({ code: scanned, onDone }: AccessCodeFormProps) {
  const t = useTexts(accessTexts);
  const [code, setCode] = useState(scanned.trim().toUpperCase());
  const [problem, setProblem] = useState<string>();
  const submit = async () => {
    const inviteCode = code.replace(/[\s-]/g, '');
    setProblem(CODE.test(inviteCode) ? undefined : t.codeShape);
    if (!CODE.test(inviteCode)) return;
    try {
      await of(api.POST('/payment/apply-code', { body: { inviteCode } }));
      toast(t.codeDone);
      onDone();
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      if (cause.status === 400) onDone();
      else if (cause.status === 403) setProblem(refusal(cause));
      else setProblem(explain(cause));
    }
  };
  const refusal = ({ body }: ApiError): string => {
    const left = body['attemptsRemaining'];
    return typeof left === 'number' ? `${t.codeRefused} ${t.attempts(left)}` : t.codeRefused;
  };
  return (
    <Card>
      <h2>{t.code}</h2>
      <p>{t.codeWhy}</p>
      <Form submit={t.codeGo} look="secondary" onSubmit={submit} noValidate>
        <Field
          label={t.codeLabel}
          hint={t.codeHint}
          problem={problem}
          value={code}
          maxLength={30}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          onChange={(event) => setCode(event.target.value.toUpperCase())}
        />
      </Form>
    </Card>
  );
}
