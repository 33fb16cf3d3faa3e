/**
 * Whether the status banner is large or small. Pure.
 *
 * It is large while the user is at the card, with the pointer, a finger or the focus, and for a
 * moment after it has appeared; small otherwise, so that it does not cover the person. Who makes it
 * small or large by hand has it so until the next status.
 */

/** How long it is large after it appeared and after a touch. */
export const LINGERS_MS = 1_000;

export interface BannerSize {
  readonly hovered: boolean;
  readonly focused: boolean;
  /** Until when it is large by itself, in milliseconds of any clock. */
  readonly until: number;
  readonly byHand: 'large' | 'small' | null;
}

export type BannerEvent =
  | { readonly type: 'appeared' | 'touched'; readonly now: number }
  | { readonly type: 'hovered' | 'focused'; readonly on: boolean }
  | { readonly type: 'pressed'; readonly now: number };

export const NEW_BANNER: BannerSize = { hovered: false, focused: false, until: 0, byHand: null };

export function isLarge(size: BannerSize, now: number): boolean {
  if (size.byHand !== null) return size.byHand === 'large';
  return size.hovered || size.focused || now < size.until;
}

export function reduceBanner(size: BannerSize, event: BannerEvent): BannerSize {
  switch (event.type) {
    case 'appeared':
      return { ...size, until: event.now + LINGERS_MS, byHand: null };
    case 'touched':
      return { ...size, until: event.now + LINGERS_MS };
    case 'hovered':
      return { ...size, hovered: event.on };
    case 'focused':
      return { ...size, focused: event.on };
    case 'pressed':
      return { ...size, byHand: isLarge(size, event.now) ? 'small' : 'large' };
  }
}
