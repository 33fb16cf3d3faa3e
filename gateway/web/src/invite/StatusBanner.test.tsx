import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useRef } from 'react';
import { language } from '../i18n/language';
import { StatusBanner } from './StatusBanner';
import type { Status } from './status';

const dismissed = vi.fn();

function Shown({ status }: { readonly status: Status | null }) {
  const card = useRef<HTMLElement>(null);
  return (
    <article ref={card} aria-label="card">
      <StatusBanner name="Bob" status={status} reason="talked" card={card} onDismiss={dismissed} />
    </article>
  );
}

function cooldown(millis: number): Status {
  return { kind: 'cooldown', reason: null, until: Date.now() + millis, message: null };
}

const pass = (millis: number) => act(() => vi.advanceTimersByTimeAsync(millis));
const size = () => (screen.queryByRole('button', { name: /smaller/ }) === null ? 'small' : 'large');

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance', 'requestAnimationFrame'] });
  language.set('en');
});
afterEach(() => {
  vi.useRealTimers();
});

test('the place that is read out is there before anything is said in it', () => {
  const { container, rerender } = render(<Shown status={null} />);
  const place = container.querySelector('[aria-live="polite"]');
  expect(place).toBeEmptyDOMElement();

  rerender(<Shown status={cooldown(60_000)} />);
  expect(container.querySelector('[aria-live="polite"]')).toBe(place);
  expect(place).toHaveTextContent('Try again later');
});

test('a cooldown counts minutes, then seconds, is not read out at each, and goes by itself', async () => {
  render(<Shown status={cooldown(62_000)} />);
  const timer = screen.getByRole('timer');
  expect(timer).toHaveTextContent('2m left');
  expect(timer).toHaveAttribute('aria-live', 'off');

  await pass(3_000);
  expect(timer).toHaveTextContent('59s left');
  await pass(59_000);
  expect(screen.queryByRole('timer')).toBeNull();
  expect(screen.queryByText('Try again later')).toBeNull();
});

test('it is large at first, with the reason, and small after a moment', async () => {
  render(<Shown status={cooldown(600_000)} />);
  expect(size()).toBe('large');
  expect(screen.getByText(/talked recently/)).toBeInTheDocument();

  await pass(1_100);
  expect(size()).toBe('small');
  expect(screen.queryByText(/talked recently/)).toBeNull();
});

test('it is large while the pointer is at the card, and for a moment after a touch', async () => {
  render(<Shown status={cooldown(600_000)} />);
  await pass(1_100);
  const card = screen.getByLabelText('card');

  fireEvent(card, new PointerEvent('pointerenter', { pointerType: 'mouse' }));
  expect(size()).toBe('large');
  fireEvent(card, new PointerEvent('pointerleave', { pointerType: 'mouse' }));
  expect(size()).toBe('small');
  fireEvent(card, new PointerEvent('pointerdown', { pointerType: 'touch' }));
  expect(size()).toBe('large');
  await pass(1_100);
  expect(size()).toBe('small');
});

test('it is made small and large by hand', async () => {
  render(<Shown status={cooldown(600_000)} />);

  fireEvent.click(screen.getByRole('button', { name: /smaller/ }));
  expect(size()).toBe('small');
  fireEvent.click(screen.getByRole('button', { name: /larger/ }));
  await pass(10_000);
  expect(size()).toBe('large');
});

test('what has no end of its own can be closed', () => {
  render(<Shown status={{ kind: 'no-response', reason: 'offline', until: null, message: null }} />);

  fireEvent.click(screen.getByRole('button', { name: 'Close this notice' }));
  expect(dismissed).toHaveBeenCalledOnce();
});
