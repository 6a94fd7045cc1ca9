import { FromNow, SERVER_TIME } from '../firebase/documents';
import { guestContext } from './call-paths';
import type { CallReader } from './call-reader';
import { LIFETIME } from './call-signaling';
import type { Card } from './payloads';
import { seal } from './seal';

/** A guest's side of a door that asks: the guest's own document. Rejects as `Documents` does. */
export class Knocks {
  private readonly path: string;

  constructor(private readonly reader: CallReader) {
    this.path = reader.paths.guest(reader.documents.uid);
  }

  /** Knocks, or knocks again. Rejects with `forbidden` once a member has decided, and when the door doesn't ask. */
  async knock(card: Card): Promise<void> {
    const { documents, keys } = this.reader;
    const fields = {
      state: 'waiting',
      card: await seal(keys, guestContext(documents.uid), card),
      at: SERVER_TIME,
      by: null,
      expiresAt: new FromNow(LIFETIME),
    } as const;
    await documents.commit([{ kind: 'set', path: this.path, fields }]);
  }

  /** Takes the knock back, in a request that outlives the page. */
  async withdraw(): Promise<void> {
    await this.reader.documents.commit([{ kind: 'delete', path: this.path }], { keepalive: true });
  }
}
