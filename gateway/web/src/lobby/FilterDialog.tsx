import { Button, Checkbox, Dialog } from '../design';
import { useTexts } from '../i18n/texts';
import css from './lobby.module.css';
import { GENDERS, type Gender } from './reel';
import { lobbyTexts } from './texts';

interface FilterDialogProps {
  readonly genders: readonly Gender[];
  readonly onChange: (genders: readonly Gender[]) => void;
  readonly onClose: () => void;
}

/** Whom to show. */
export function FilterDialog({ genders, onChange, onClose }: FilterDialogProps) {
  const t = useTexts(lobbyTexts);
  const names = { female: t.females, male: t.males, nonbinary: t.nonbinaries, unspecified: t.unspecifieds };
  return (
    <Dialog title={t.whom} onClose={onClose} actions={<Button onClick={onClose}>{t.close}</Button>}>
      <div className={css['choices']}>
        <Checkbox label={t.everybody} checked={genders.length === 0} onChange={() => onChange([])} />
        {GENDERS.map((gender) => (
          <Checkbox
            key={gender}
            label={names[gender]}
            checked={genders.includes(gender)}
            onChange={(event) =>
              onChange(event.target.checked ? [...genders, gender] : genders.filter((other) => other !== gender))
            }
          />
        ))}
      </div>
    </Dialog>
  );
}
