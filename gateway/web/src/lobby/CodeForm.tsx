import { type FormEvent, useEffect, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { ApiError } from '../api/refusal';
import { paths } from '../app/paths';
import { Button, Card, Field, Notice } from '../design';
import { isolate } from '../i18n/isolate';
import { defineTexts, useTexts } from '../i18n/texts';
import css from './lobby.module.css';
import { meetByCode } from './meet';

const codeTexts = defineTexts(
  {
    code: 'Were you given an introduction code?',
    codeLabel: 'Introduction code',
    codeHint: 'Ten letters and digits',
    codeGo: 'Meet',
    codeUnknown: 'This code leads to nobody.',
    codeOwn: 'Enter the code of a link that somebody gave you.',
    codeFailed: 'That did not work. Try again.',
    away: (name: string) => `${isolate(name)} is not here right now. You will see ${isolate(name)} first when you are both here.`,
  },
  {
    de: {
      code: 'Hat dir jemand einen Vorstellungscode gegeben?',
      codeLabel: 'Vorstellungscode',
      codeHint: 'Zehn Buchstaben und Ziffern',
      codeGo: 'Treffen',
      codeUnknown: 'Dieser Code führt zu niemandem.',
      codeOwn: 'Gib den Code eines Links ein, den dir jemand gegeben hat.',
      codeFailed: 'Das hat nicht geklappt. Versuch es noch einmal.',
      away: (name) =>
        `${isolate(name)} ist gerade nicht da. Sobald ihr beide da seid, siehst du ${isolate(name)} zuerst.`,
    },
  },
);

/** A code that leads to somebody, typed in, or in the address of a link that was followed. */
export function CodeForm() {
  const t = useTexts(codeTexts);
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const [code, setCode] = useState(search.get('ref') ?? '');
  const [state, setState] = useState<{ busy?: boolean; problem?: string; away?: string }>({});
  const follow = async (text: string): Promise<void> => {
    if (text.trim() === '') {
      setState({ problem: t.codeOwn });
      return;
    }
    setState({ busy: true });
    try {
      const { person, here } = await meetByCode(text);
      if (here) void navigate(paths.reel);
      else setState({ away: t.away(person.name) });
    } catch (cause) {
      setState({ problem: cause instanceof ApiError && cause.status === 404 ? t.codeUnknown : t.codeFailed });
    }
  };
  const followed = search.get('ref');
  useEffect(() => {
    if (followed === null) return;
    setSearch({}, { replace: true });
    void follow(followed);
  }, [followed]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void follow(code);
  };
  return (
    <Card>
      <h2>{t.code}</h2>
      <form className={css['code']} onSubmit={submit} noValidate>
        <Field
          label={t.codeLabel}
          hint={t.codeHint}
          problem={state.problem}
          value={code}
          maxLength={20}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          onChange={(event) => setCode(event.target.value.toUpperCase())}
        />
        <Button type="submit" look="secondary" busy={state.busy === true}>
          {t.codeGo}
        </Button>
      </form>
      {state.away !== undefined && <Notice>{state.away}</Notice>}
    </Card>
  );
}
