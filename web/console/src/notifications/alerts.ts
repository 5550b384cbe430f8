import { load, save } from '../../../shared/storage.ts';
import type { Conversation, Notification as Note } from '../contract.ts';
import type { Alert } from '../live.ts';
import { channelName, customerName } from '../names.ts';
import { go } from '../route.ts';
import { Store } from '../store.ts';

export interface AlertChoices {
  /** Shown by the browser, also over other windows. */
  shown: boolean;
  sound: boolean;
}

const key = 'assistify.console.alerts';

/** Where the person sees to it. */
function placeOf(alert: Alert): string[] {
  if (alert.kind === 'connection') return ['operations'];
  return alert.kind === 'quality' ? ['settings', 'knowledge'] : ['inbox', alert.conversationId];
}

/** What customers write is not for a screen that others may see. */
function wordsFor(alert: Alert, note: Note | undefined, conversation: Conversation | undefined): [title: string, body: string] {
  switch (alert.kind) {
    case 'mention':
      return [`${note?.actor.name ?? 'A colleague'} named you`, 'In a private note'];
    case 'picture':
      return [`${note?.actor.name ?? 'A supplier'} sent a picture`, 'It is shown to the customer you asked for'];
    case 'connection':
      return [`${channelName(alert.connection.channel)} needs somebody`, 'Operations says what is wrong with the connection'];
    case 'quality':
      return ['Customers are understood worse than before', 'Their corrections are to be learned under Settings, Knowledge'];
    case 'handover':
      return [`${conversation ? customerName(conversation.customer) : 'A customer'} waits for people`, 'The assistant handed over'];
  }
}

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
    const about = placeOf(alert);
    const onScreen = document.visibilityState === 'visible' && location.pathname.endsWith(about.join('/'));
    if (onScreen) return;
    if (this.#choices.sound) this.#ring();
    if (!this.#choices.shown || !('Notification' in window) || Notification.permission !== 'granted') return;
    const [title, body] = wordsFor(alert, note, conversation);
    const shown = new Notification(title, { body, tag: [alert.kind, ...about].join('-'), icon: '/console/icon.svg' });
    shown.onclick = () => {
      window.focus();
      go(about);
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
