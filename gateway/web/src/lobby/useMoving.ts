import { type RefObject, useEffect } from 'react';
import { swipeOf, type Point } from './swipe';

const KEYS: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, PageDown: 1, ArrowUp: -1, PageUp: -1 };
/** A wheel tells of one turn many times. */
const WHEEL_MS = 500;
const WHEEL_FAR = 30;

/** Moves by keys, by swipes over the stage and by the wheel. */
export function useMoving(stage: RefObject<HTMLElement | null>, move: (by: 1 | -1) => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const by = KEYS[event.key];
      if (by === undefined || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      // Keys that a slider or a list needs itself, and those of a dialog over the page.
      if (event.target instanceof Element && event.target.closest('input, select, textarea, dialog') !== null) return;
      if (document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      move(by);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [move]);

  useEffect(() => {
    const element = stage.current;
    if (element === null) return;
    let from: (Point & { readonly finger: number }) | null = null;
    let turned = 0;
    const follow = (along: number): void => element.style.setProperty('--pulled', `${Math.round(along / 3)}px`);
    const down = (event: PointerEvent): void => {
      const onControl = event.target instanceof Element && event.target.closest('button, input, a') !== null;
      if (event.pointerType === 'touch' && event.isPrimary && !onControl) {
        from = { x: event.clientX, y: event.clientY, finger: event.pointerId };
      }
    };
    const moved = (event: PointerEvent): void => {
      if (from?.finger === event.pointerId) follow(event.clientY - from.y);
    };
    const up = (event: PointerEvent): void => {
      if (from?.finger !== event.pointerId) return;
      const by = event.type === 'pointerup' ? swipeOf(from, { x: event.clientX, y: event.clientY }) : null;
      from = null;
      follow(0);
      if (by !== null) move(by);
    };
    const wheel = (event: WheelEvent): void => {
      if (event.ctrlKey || Math.abs(event.deltaY) < WHEEL_FAR) return;
      event.preventDefault();
      if (event.timeStamp - turned < WHEEL_MS) return;
      turned = event.timeStamp;
      move(event.deltaY > 0 ? 1 : -1);
    };
    element.addEventListener('pointerdown', down);
    element.addEventListener('pointermove', moved);
    element.addEventListener('pointerup', up);
    element.addEventListener('pointercancel', up);
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('pointermove', moved);
      element.removeEventListener('pointerup', up);
      element.removeEventListener('pointercancel', up);
      element.removeEventListener('wheel', wheel);
    };
  }, [stage, move]);
}
