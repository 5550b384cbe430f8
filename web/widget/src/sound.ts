import { load, save } from '../../shared/storage.ts';

const key = 'assistify.widget.sound';

/** A short tone for what comes in, for who wants it; made here, so that nothing is fetched. */
export class Sound {
  #context: AudioContext | undefined;

  get on(): boolean {
    return load<boolean>(key) ?? false;
  }

  /** Chosen by a tap, which is when browsers allow sound; it is heard at once, so that the choice is understood. */
  choose(on: boolean): void {
    save(key, on);
    if (on) this.play();
  }

  play(): void {
    if (!this.on || typeof AudioContext === 'undefined') return;
    this.#context ??= new AudioContext();
    const { currentTime: now, destination } = this.#context;
    void this.#context.resume();
    const volume = this.#context.createGain();
    volume.gain.setValueAtTime(0.08, now);
    volume.gain.exponentialRampToValueAtTime(0.0001, now + 0.35);
    const tone = this.#context.createOscillator();
    tone.frequency.setValueAtTime(660, now);
    tone.frequency.setValueAtTime(880, now + 0.1);
    tone.connect(volume).connect(destination);
    tone.start(now);
    tone.stop(now + 0.35);
  }
}
