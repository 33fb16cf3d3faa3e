import { Store } from './store';

// What is to be added to this device's clock: phones and laptops are off by minutes, some by hours.
const offset = new Store(0);

/** Tells what the gateway's clock says right now. */
export function setServerTime(serverTime: number): void {
  offset.set(serverTime - Date.now());
}

/** Milliseconds since 1970 by the gateway's clock, by which all its deadlines are meant. */
export function serverNow(): number {
  return Date.now() + offset.get();
}

/** Milliseconds until a moment by the gateway's clock; never negative. */
export function millisUntil(moment: number): number {
  return Math.max(0, moment - serverNow());
}
