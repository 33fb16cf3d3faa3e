const SECONDS = 1.2;

/** Plays two soft notes through a speaker; resolves when they are over, or cannot be played. */
export async function playTone(speaker: string): Promise<void> {
  try {
    const context = new AudioContext() as AudioContext & { setSinkId?: (id: string) => Promise<void> };
    if (speaker !== '') await context.setSinkId?.(speaker).catch(() => undefined);
    const gain = context.createGain();
    gain.gain.setValueAtTime(0, context.currentTime);
    gain.gain.linearRampToValueAtTime(0.2, context.currentTime + 0.05);
    gain.gain.linearRampToValueAtTime(0, context.currentTime + SECONDS);
    gain.connect(context.destination);
    const oscillator = context.createOscillator();
    oscillator.frequency.setValueAtTime(523, context.currentTime);
    oscillator.frequency.setValueAtTime(659, context.currentTime + SECONDS / 2);
    oscillator.connect(gain);
    oscillator.start();
    oscillator.stop(context.currentTime + SECONDS);
    await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
    await context.close();
  } catch {
    // No sound here at all; the user hears that for himself.
  }
}
