import { useStore } from '../../app/store';
import type { LocalMedia } from '../../call/localMedia';
import { Button, Dialog, Select } from '../../design';
import { useTexts } from '../../i18n/texts';
import { callTexts } from './texts';

interface DevicePickerProps {
  readonly media: LocalMedia;
  readonly sink: string;
  readonly onSink: (deviceId: string) => void;
  readonly onClose: () => void;
}

export function DevicePicker({ media, sink, onSink, onClose }: DevicePickerProps) {
  const t = useTexts(callTexts);
  return (
    <Dialog title={t.devicesTitle} onClose={onClose} actions={<Button onClick={onClose}>{t.close}</Button>}>
      <DeviceChoices media={media} sink={sink} onSink={onSink} />
    </Dialog>
  );
}

/** Which camera, microphone and speaker are used. */
export function DeviceChoices({ media, sink, onSink }: Omit<DevicePickerProps, 'onClose'>) {
  const t = useTexts(callTexts);
  const { cameras, microphones, speakers, choice, video, audio } = useStore(media.shown);
  const options = (devices: readonly MediaDeviceInfo[]) =>
    devices
      .filter((one) => one.deviceId !== '')
      .map((one, index) => (
        <option key={one.deviceId} value={one.deviceId}>
          {one.label === '' ? t.unnamed(index + 1) : one.label}
        </option>
      ));
  // Where the sound comes out can be chosen in some browsers only.
  const canChooseSpeaker = 'setSinkId' in HTMLMediaElement.prototype;
  return (
    <>
      <Select
        label={t.camera}
        value={video?.getSettings().deviceId ?? choice.camera ?? ''}
        onChange={(event) => media.chooseCamera(event.target.value)}
      >
        {video === null && choice.camera === null && <option value="">{t.usual}</option>}
        {options(cameras)}
      </Select>
      <Select
        label={t.microphone}
        value={audio?.getSettings().deviceId ?? choice.microphone ?? ''}
        onChange={(event) => media.chooseMicrophone(event.target.value)}
      >
        {audio === null && choice.microphone === null && <option value="">{t.usual}</option>}
        {options(microphones)}
      </Select>
      {canChooseSpeaker && speakers.length > 0 && (
        <Select label={t.speaker} value={sink} onChange={(event) => onSink(event.target.value)}>
          <option value="">{t.usual}</option>
          {options(speakers.filter((one) => one.deviceId !== 'default'))}
        </Select>
      )}
    </>
  );
}
