import { Button, Notice } from '../design';
import { explain } from './explain';
import type { Pages } from './usePages';

interface MoreProps {
  readonly pages: Pick<Pages<unknown>, 'more' | 'moreLoading' | 'moreError'>;
  readonly children: string;
}

/** Goes on with a list that comes in parts, as long as there is more of it. */
export function More({ pages, children }: MoreProps) {
  return (
    <>
      {pages.moreError !== undefined && <Notice kind="bad">{explain(pages.moreError)}</Notice>}
      {pages.more !== undefined && (
        <div>
          <Button look="secondary" busy={pages.moreLoading} onClick={pages.more}>
            {children}
          </Button>
        </div>
      )}
    </>
  );
}
