import { useEffect, useState } from 'react';
import { useStore } from '../../app/store';
import type { CallSession } from '../../call/callSession';
import { nextStep, progress, setUpSteps, type SetUpStep } from '../../call/state';
import { Button, classes, Hidden, Icon, Notice, Progress } from '../../design';
import { isolate } from '../../i18n/isolate';
import { useTexts } from '../../i18n/texts';
import css from './call.module.css';
import { DeviceProblems } from './DeviceProblems';
import { callTexts } from './texts';

/** Stands over the call until both see each other, and shows what is being done for it. */
export function Connecting({ call }: { readonly call: CallSession }) {
  const t = useTexts(callTexts);
  const state = useStore(call.state);
  const next = nextStep(state);
  const names: Readonly<Record<SetUpStep, string>> = {
    media: t.stepMedia,
    servers: t.stepServers,
    peer: t.stepPeer,
    negotiation: t.stepNegotiation,
    'media-flows': t.stepFlows,
  };
  const hints: Readonly<Record<SetUpStep, string>> = {
    media: t.hintMedia,
    servers: t.hintServers,
    peer: t.hintPeer,
    negotiation: t.hintNegotiation,
    'media-flows': t.hintFlows,
  };
  return (
    <section className={css['connecting']} aria-labelledby="connecting">
      <div className={css['connectingBox']}>
        <h2 id="connecting" className={css['connectingTitle']}>
          {state.terms === null ? t.connecting : t.connectingTo(isolate(state.terms.peer.name))}
        </h2>
        <Progress label={t.connecting} value={progress(state)} />
        <ol className={css['steps']}>
          {setUpSteps.map((step) => (
            <li
              key={step}
              className={classes(state.done.has(step) && css['stepDone'], step === next && css['stepNow'])}
              aria-current={step === next ? 'step' : undefined}
            >
              <span className={css['stepMark']}>{state.done.has(step) && <Icon name="check" />}</span>
              {names[step]}
              {state.done.has(step) && <Hidden>{t.stepDone}</Hidden>}
            </li>
          ))}
        </ol>
        <p className={css['hint']} role="status" aria-live="polite">
          {next === null ? '' : `${names[next]}: ${hints[next]}`}
        </p>
        <Elapsed />
        <DeviceProblems media={call.media} />
        {state.phase === 'slow' && (
          <Notice kind="warn" action={<Button onClick={() => call.tryAgain()}>{t.tryAgain}</Button>}>
            <strong>{t.slow}</strong> {t.slowWhy}
          </Notice>
        )}
        <Button look="danger" busy={state.leaving} onClick={() => call.end()}>
          {t.cancel}
        </Button>
      </div>
    </section>
  );
}

function Elapsed() {
  const t = useTexts(callTexts);
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const began = performance.now();
    const timer = setInterval(() => setSeconds(Math.floor((performance.now() - began) / 1000)), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <p className={css['hint']}>
      <Hidden>{t.elapsedLabel} </Hidden>
      <span role="timer">{t.elapsed(seconds)}</span>
    </p>
  );
}
