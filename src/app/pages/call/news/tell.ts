import { inject, type Signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Subject } from 'rxjs';

import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { elapsed } from '../../../loading/clock';
import { Announcer } from '../../../ui/announcer';
import { type SoundKind, Sounds } from '../../../ui/sounds';
import { injectPeopleWords } from '../people-words';
import { oneByOne } from './one-by-one';
import { silence, sounding } from './sound-pace';
import type { Deed, Told } from './told';

/** Delay of the sound for an arrival, in ms, so that it doesn't compete with the new member's picture. */
const AFTER_PICTURE = 500;
/** How long to wait for what others do at the same time, in ms. In a call of two, nobody else does anything. */
const GATHER = 1_000;
/** Maximum number of a message's characters that are read out: the rest is in the chat. */
const SPOKEN_LENGTH = 200;

/** The room that the sentences are for. */
export interface Listening {
  /** Number of other members. */
  readonly others: Signal<number>;
  /** Whether the open panel shows the messages. */
  readonly reading: () => boolean;
  /** Shows a sentence in the status line, which is read out by itself. */
  readonly show: (words: string) => void;
}

const comes = (kind: Deed['kind']) => kind === 'joined' || kind === 'left' || kind === 'lost';

/**
 * Tells the person what other members do: sentences one at a time, and sounds that are fewer. Returns what to call with each
 * deed. Must be called in an injection context.
 */
export const injectTelling = ({ others, reading, show }: Listening): ((deed: Deed) => void) => {
  const t = injectTexts(callTexts);
  const peopleWords = injectPeopleWords();
  const announcer = inject(Announcer);
  const sounds = inject(Sounds);
  const deeds = new Subject<Deed>();
  let pace = silence;

  const words = ({ kind, people, count, text, emoji }: Told): string => {
    const name = peopleWords(people.map((one) => one.name));
    switch (kind) {
      case 'messages':
        return count === 1
          ? t('notice.message', { name, text: [...text].slice(0, SPOKEN_LENGTH).join('') })
          : t('notice.messages', { name, count });
      case 'reaction':
        return t('notice.reaction', { name, emoji: emoji.join(' ') });
      case 'left':
      case 'lost':
        return t(`status.${kind}`, { name });
      default:
        return t(`notice.${kind}`, { name });
    }
  };
  const tell = (told: Told): void => {
    if (told.kind === 'messages' && reading()) return;
    // In a call of two, the tile and the status say who joined. Among many tiles, a new one is easily missed.
    const shows = told.kind === 'joined' ? others() > 1 : comes(told.kind);
    if (shows) show(words(told));
    else announcer.say(words(told));
  };
  const sound = (kind: SoundKind, delay = 0): void => {
    pace = sounding(pace, elapsed());
    if (!pace.plays) return;
    if (delay > 0) setTimeout(() => void sounds.play(kind), delay);
    else void sounds.play(kind);
  };
  /** Whether more than one other member takes part, counting the one who has just left. */
  const areSeveral = ({ kind }: Deed): boolean => others() > (kind === 'left' || kind === 'lost' ? 0 : 1);

  oneByOne(deeds, (deed) => (areSeveral(deed) ? GATHER : 0))
    .pipe(takeUntilDestroyed())
    .subscribe(tell);
  return (deed) => {
    if (deed.kind === 'joined') sound('joined', AFTER_PICTURE);
    else if (deed.kind === 'left' || deed.kind === 'lost') sound('left');
    else if (deed.kind === 'messages' && !deed.history) sound('message');
    deeds.next(deed);
  };
};
