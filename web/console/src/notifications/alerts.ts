import { load, save } from '../../../shared/storage.ts';
import type { Conversation, Notification as Note } from '../contract.ts';
import type { Alert } from '../live.ts';
import { customerName } from '../names.ts';
import { go } from '../route.ts';
import { Store } from '../store.ts';

export interface AlertChoices {
  /** Shown by the browser, also over other windows. */
  shown: boolean;
  sound: boolean;
}

const key = 'assistify.console.alerts';

/** How this device tells of what needs people: by the person's choice only, and never of what is on the screen already. */
export class Alerts extends Store<AlertChoices> {
  #choices: AlertChoices = load<AlertChoices>(key) ?? { shown: false, sound: false };
  #audio: AudioContext | undefined;

  /** @returns Whether the browser lets it. */
  async choose(change: Partial<AlertChoices>): Promise<boolean> {
    if (change.shown && (await allowed()) !== 'granted') return false;
    this.#choices = { ...this.#choices, ...change };
    save(key, this.#choices);
    if (change.sound) this.#ring();
    this.show();
    return true;
  }

  tell(alert: Alert, note: Note | undefined, conversation: Conversation | undefined): void {
    const onScreen = document.visibilityState === 'visible' && location.pathname.endsWith(alert.conversationId);
    if (onScreen) return;
    if (this.#choices.sound) this.#ring();
    if (!this.#choices.shown || !('Notification' in window) || Notification.permission !== 'granted') return;
    const who = conversation ? customerName(conversation.customer) : 'A customer';
    const shown = new Notification(alert.kind === 'mention' ? `${note?.actor.name ?? 'A colleague'} named you` : `${who} waits for people`, {
      // What customers write is not for a screen that others may see.
      body: alert.kind === 'mention' ? 'In a private note' : 'The assistant handed over',
      tag: `${alert.kind}-${alert.conversationId}`,
      icon: '/console/icon.svg',
    });
    shown.onclick = () => {
      window.focus();
      go(['inbox', alert.conversationId]);
      shown.close();
    };
  }

  /** Two short tones, made here: no file to fetch. */
  #ring(): void {
    this.#audio ??= new AudioContext();
    const audio = this.#audio;
    [660, 880].forEach((frequency, index) => {
      const start = audio.currentTime + index * 0.14;
      const [tone, volume] = [audio.createOscillator(), audio.createGain()];
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0.08, start);
      volume.gain.exponentialRampToValueAtTime(0.001, start + 0.13);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.14);
    });
  }

  protected look(): AlertChoices {
    return this.#choices;
  }
}

async function allowed(): Promise<NotificationPermission> {
  if (!('Notification' in window)) return 'denied';
  return Notification.permission === 'default' ? Notification.requestPermission() : Notification.permission;
}
