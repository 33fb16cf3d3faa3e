import { type ReactNode, useEffect, useRef } from 'react';
import { More } from '../../api/More';
import type { Pages } from '../../api/usePages';
import { Waiting } from '../../api/Waiting';
import { useTexts } from '../../i18n/texts';
import css from './console.module.css';
import { consoleTexts } from './texts';

interface PagedListProps<T> {
  readonly label: string;
  readonly pages: Pages<T>;
  readonly keyOf: (item: T) => string;
  /** What to say when there is nothing. */
  readonly empty: string;
  readonly children: (item: T) => ReactNode;
}

/** A list that grows on demand; of what is added the first has the focus, so that one reads on there. */
export function PagedList<T>({ label, pages, keyOf, empty, children }: PagedListProps<T>) {
  const t = useTexts(consoleTexts);
  const list = useRef<HTMLUListElement>(null);
  const readOn = useRef<number>(undefined);
  const shown = pages.data?.length ?? 0;
  useEffect(() => {
    if (readOn.current === undefined || shown <= readOn.current) return;
    const first = list.current?.children[readOn.current];
    readOn.current = undefined;
    if (first instanceof HTMLElement) first.focus();
  }, [shown]);
  const { more } = pages;
  const readMore =
    more &&
    (() => {
      readOn.current = shown;
      more();
    });

  return (
    <>
      <Waiting asked={pages} label={t.loading} lines={6} />
      {pages.data !== undefined && shown === 0 && <p role="status">{empty}</p>}
      {shown > 0 && (
        <ul ref={list} className={css['list']} aria-label={label} aria-busy={pages.loading}>
          {pages.data?.map((item) => (
            <li key={keyOf(item)} tabIndex={-1}>
              {children(item)}
            </li>
          ))}
        </ul>
      )}
      <More pages={{ ...pages, more: readMore }}>{t.more}</More>
    </>
  );
}
