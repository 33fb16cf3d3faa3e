import { type ReactNode, useEffect, useRef } from 'react';
import { classes } from '../design';
import css from './app.module.css';

let pagesShown = 0;

interface PageProps {
  /** The heading, and the title of the window. */
  readonly title: string;
  /** Whether the heading is for those only who hear the page. */
  readonly hideTitle?: boolean;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** What a page consists of. After a change of page the heading has the focus, so that it is read out. */
export function Page({ title, hideTitle, wide, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Not on the first page: the browser has just begun to read it.
    if (pagesShown > 0) heading.current?.focus({ preventScroll: true });
    pagesShown += 1;
  }, []);
  useEffect(() => {
    document.title = `${title} · Napalm Sky`;
  }, [title]);
  return (
    <main id="main" className={classes(css['main'], wide && css['wideMain'])}>
      <h1 ref={heading} tabIndex={-1} className={hideTitle ? css['hiddenTitle'] : css['title']}>
        {title}
      </h1>
      {children}
    </main>
  );
}
