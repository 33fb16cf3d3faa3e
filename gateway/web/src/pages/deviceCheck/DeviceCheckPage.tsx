import { useEffect, useState } from 'react';
import { Page } from '../../app/Page';
import { paths } from '../../app/paths';
import { useStore } from '../../app/store';
import { after, askServers, localMedia } from '../../call/browserWorld';
import type { LocalMedia } from '../../call/localMedia';
import { findWays, type Ways } from '../../call/networkCheck';
import { Button, Card, LinkButton, Notice } from '../../design';
import { useTexts } from '../../i18n/texts';
import { DeviceProblems } from '../call/DeviceProblems';
import { DeviceChoices } from '../call/DevicePicker';
import { OwnPicture } from '../call/OwnPicture';
import css from './deviceCheck.module.css';
import { MicrophoneLevel } from './MicrophoneLevel';
import { playTone } from './tone';
import { checkTexts } from './texts';

/** Shows what a call would get to see and hear, and whether it would get through. */
export default function DeviceCheckPage() {
  const t = useTexts(checkTexts);
  const [media, setMedia] = useState<LocalMedia | null>(null);
  useEffect(() => () => media?.close(), [media]);
  const start = () => {
    const begun = localMedia();
    setMedia(begun);
    void begun.open();
  };
  return (
    <Page title={t.title} wide>
      <p>{t.lead}</p>
      {media === null ? (
        <div>
          <Button onClick={start}>{t.start}</Button>
        </div>
      ) : (
        <Devices media={media} />
      )}
      <Network />
      <div>
        <LinkButton to={paths.reel} look="secondary">
          {t.ready}
        </LinkButton>
      </div>
    </Page>
  );
}

function Devices({ media }: { readonly media: LocalMedia }) {
  const t = useTexts(checkTexts);
  const { audio } = useStore(media.shown);
  const [sink, setSink] = useState('');
  const [playing, setPlaying] = useState(false);
  const play = () => {
    setPlaying(true);
    void playTone(sink).then(() => setPlaying(false));
  };
  return (
    <div className={css['devices']}>
      <Card>
        <h2>{t.picture}</h2>
        <div className={css['picture']}>
          <OwnPicture media={media} />
        </div>
        <DeviceProblems media={media} />
      </Card>
      <Card>
        <h2>{t.sound}</h2>
        <MicrophoneLevel track={audio} />
        <div>
          <Button look="secondary" busy={playing} onClick={play}>
            {t.play}
          </Button>
        </div>
        <p role="status">{playing ? t.playing : ''}</p>
        <DeviceChoices media={media} sink={sink} onSink={setSink} />
      </Card>
    </div>
  );
}

type Check = { readonly step: 'open' | 'checking' | 'failed' } | { readonly step: 'done'; readonly ways: Ways };

function Network() {
  const t = useTexts(checkTexts);
  const [check, setCheck] = useState<Check>({ step: 'open' });
  const begin = () => {
    setCheck({ step: 'checking' });
    askServers()
      .then((servers) => findWays(servers, (configuration) => new RTCPeerConnection(configuration), after))
      .then(
        (ways) => setCheck({ step: 'done', ways }),
        () => setCheck({ step: 'failed' }),
      );
  };
  return (
    <Card>
      <h2>{t.network}</h2>
      <div role="status" className={css['results']}>
        {check.step === 'checking' && <p>{t.checking}</p>}
        {check.step === 'failed' && <Notice kind="warn">{t.failed}</Notice>}
        {check.step === 'done' && <Result ways={check.ways} />}
      </div>
      <div>
        <Button look="secondary" busy={check.step === 'checking'} onClick={begin}>
          {t.check}
        </Button>
      </div>
    </Card>
  );
}

function Result({ ways }: { readonly ways: Ways }) {
  const t = useTexts(checkTexts);
  return (
    <>
      {ways.direct && <Notice kind="good">{t.direct}</Notice>}
      {!ways.direct && ways.relay && <Notice kind="good">{t.relayOnly}</Notice>}
      {!ways.direct && !ways.relay && <Notice kind="warn">{t.noDirect}</Notice>}
      {ways.direct && ways.relay && <p>{t.relay}</p>}
      {!ways.relay && <p>{ways.relayOffered ? t.noRelay : t.noRelayOffered}</p>}
    </>
  );
}
