import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../api/refusal';
import { usePolled } from './usePolled';

const PAUSE_MS = 10_000;
let hidden = false;

function look(away: boolean) {
  hidden = away;
  return act(async () => {
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

const pass = (millis: number) => act(() => vi.advanceTimersByTimeAsync(millis));

describe('numbers that are asked for again and again', () => {
  beforeEach(() => {
    hidden = false;
    vi.useFakeTimers();
    vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are asked for a pause after each answer, and not any more when the page is left', async () => {
    let count = 0;
    const ask = vi.fn(async () => (count += 1));
    const { result, unmount } = renderHook(() => usePolled(ask, PAUSE_MS));
    await pass(0);
    expect(result.current.data).toBe(1);
    await pass(PAUSE_MS);
    expect(result.current.data).toBe(2);

    unmount();
    await pass(PAUSE_MS * 10);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('are left alone while nobody looks, and asked for when somebody does again', async () => {
    const ask = vi.fn(async () => 'known');
    renderHook(() => usePolled(ask, PAUSE_MS));
    await pass(0);
    await look(true);
    await pass(PAUSE_MS * 5);
    expect(ask).toHaveBeenCalledTimes(1);

    await look(false);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('are not asked for sooner because somebody looks away and back', async () => {
    const ask = vi.fn(async () => 'known');
    renderHook(() => usePolled(ask, PAUSE_MS));
    await pass(0);
    await look(true);
    await look(false);

    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('stand while they are refused, and are asked for when the gateway said', async () => {
    const ask = vi.fn<() => Promise<string>>().mockResolvedValueOnce('known');
    ask.mockRejectedValueOnce(new ApiError(429, {}, 60)).mockResolvedValue('newer');
    const { result } = renderHook(() => usePolled(ask, PAUSE_MS));
    await pass(0);
    await pass(PAUSE_MS);
    expect(result.current).toMatchObject({ data: 'known', error: { status: 429 } });
    await pass(59_000);
    expect(ask).toHaveBeenCalledTimes(2);

    await pass(1_000);
    expect(result.current).toEqual({ data: 'newer', error: undefined });
  });
});
