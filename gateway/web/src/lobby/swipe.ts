/** What a finger on the card meant. Pure. */

/** Pixels along, and at most across. */
const FAR_ENOUGH = 80;
const STRAIGHT_ENOUGH = 50;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** To the next person (up), to the one before (down), or nothing. */
export function swipeOf(from: Point, to: Point): 1 | -1 | null {
  const along = from.y - to.y;
  if (Math.abs(along) < FAR_ENOUGH || Math.abs(to.x - from.x) > STRAIGHT_ENOUGH) return null;
  return along > 0 ? 1 : -1;
}
