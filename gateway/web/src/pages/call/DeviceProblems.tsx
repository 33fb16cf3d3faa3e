import { useStore } from '../../app/store';
import type { LocalMedia } from '../../call/localMedia';
import { Button, Notice } from '../../design';
import { useTexts } from '../../i18n/texts';
import { callTexts } from './texts';

/** Says what is missing of the own camera and microphone, and what that means. */
export function DeviceProblems({ media }: { readonly media: LocalMedia }) {
  const t = useTexts(callTexts);
  const { audioProblem, videoProblem, camera } = useStore(media.shown);
  const again = (
    <Button look="secondary" onClick={() => media.retry()}>
      {t.askDevices}
    </Button>
  );
  const noMicrophone = { denied: t.noMicDenied, missing: t.noMicMissing, busy: t.noMicBusy };
  const noCamera = { denied: t.noCameraDenied, missing: t.noCameraMissing, busy: t.noCameraBusy };
  if (audioProblem !== null) {
    return (
      <Notice kind="bad" action={again}>
        {noMicrophone[audioProblem]}
      </Notice>
    );
  }
  if (videoProblem !== null && camera) {
    return (
      <Notice kind="warn" action={again}>
        {noCamera[videoProblem]}
      </Notice>
    );
  }
  return null;
}
