import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Ring } from './ring';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function fakeSound() {
  const gain = { setValueAtTime: vi.fn(), linearRampToValueAtTime: vi.fn(), exponentialRampToValueAtTime: vi.fn() };
  const started: number[] = [];
  return {
    started,
    currentTime: 0,
    destination: {} as AudioDestinationNode,
    state: 'running' as AudioContextState,
    resume: vi.fn(async () => {}),
    suspend: vi.fn(async () => {}),
    createGain: () => ({ gain, connect: vi.fn() }) as unknown as GainNode,
    createOscillator: () =>
      ({
        frequency: { value: 0 },
        connect: vi.fn(),
        start: (at: number) => void started.push(at),
        stop: vi.fn(),
      }) as unknown as OscillatorNode,
  };
}

test('it rings again and again until it is stopped, and shakes the phone', () => {
  const sound = fakeSound();
  const vibrate = vi.fn();
  const ring = new Ring({ sound: () => sound, vibrate });

  ring.start();
  ring.start();
  expect(sound.started).toHaveLength(4);
  vi.advanceTimersByTime(3_000);
  expect(sound.started).toHaveLength(8);
  expect(vibrate).toHaveBeenLastCalledWith([250, 120, 250]);

  ring.stop();
  expect(vibrate).toHaveBeenLastCalledWith([]);
  expect(sound.suspend).toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(sound.started).toHaveLength(8);
});

test('a device without sound, or whose sound fails, rings silently', () => {
  const vibrate = vi.fn();
  for (const sound of [
    () => null,
    () => {
      throw new Error('no device');
    },
  ]) {
    const ring = new Ring({ sound, vibrate });
    ring.start();
    expect(ring.ringing).toBe(true);
    ring.stop();
  }
  expect(vibrate).toHaveBeenCalled();
});

test('a sound that waits for the user’s first touch is resumed by it', () => {
  const sound = { ...fakeSound(), state: 'suspended' as AudioContextState };
  const ring = new Ring({ sound: () => sound, vibrate: () => {} });

  ring.makeReady();
  expect(sound.resume).toHaveBeenCalled();
});
