import { noteError } from '../log/note';
import { keptInTab } from '../storage/kept-in-tab';
import { readChatEntry, type ChatEntry } from './chat-messages';
import type { OwnLog } from './reliable-log';

const KEY = 'parley.chat';

/** What a tab stores of this member's own messages, so that a reload does not lose them. */
export interface RememberedChat {
  readonly callId: string;
  /** The stay in which they were stored. */
  readonly session: string;
  readonly log: OwnLog<ChatEntry>;
  /** The log's id for each receiver, by session: after a reload it tells that receiver whose log it is. */
  readonly ids: Readonly<Record<string, string>>;
}

export function rememberChat(chat: RememberedChat): void {
  keptInTab.setRecord(KEY, chat);
}

export function forgetChat(): void {
  keptInTab.set(KEY, null);
}

/** What was stored before the page was reloaded; null when there is nothing, or it is invalid. */
export function rememberedChat(): RememberedChat | null {
  try {
    const held = keptInTab.record(KEY) as Partial<RememberedChat> | null;
    const entries = held?.log?.entries.map(readChatEntry).filter((entry) => entry !== null);
    const valid =
      typeof held?.callId === 'string' &&
      typeof held.session === 'string' &&
      Number.isSafeInteger(held.log?.oldest) &&
      entries?.length === held.log?.entries.length &&
      Object.values(held.ids ?? {}).every((id) => typeof id === 'string');
    return valid ? (held as RememberedChat) : null;
  } catch (error) {
    noteError('activity', 'remembered-chat', error);
    return null;
  }
}
