import css from './call.module.css';

/** The first letter of a name, as it is written, in place of a picture. */
export function Initial({ name }: { readonly name: string }) {
  const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(name.trim());
  const [first] = segments;
  return (
    <span className={css['initial']} aria-hidden="true" dir="auto">
      {first?.segment.toLocaleUpperCase() ?? '?'}
    </span>
  );
}
