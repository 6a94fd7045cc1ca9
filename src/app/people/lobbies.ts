import { inject, Injectable } from '@angular/core';

import { CONNECT } from '../firebase/firebase';
import { codeKeys } from '../signaling/code-keys';
import { LobbyDocuments } from './lobby-documents';

/** The documents of lobbies by code; each is created once. */
@Injectable({ providedIn: 'root' })
export class Lobbies {
  private readonly connect = inject(CONNECT);
  private readonly made = new Map<string, Promise<LobbyDocuments>>();

  /** Rejects with `ConnectError`. */
  async of(code: string): Promise<LobbyDocuments> {
    const known = this.made.get(code);
    if (known) return known;
    const making = this.make(code);
    this.made.set(code, making);
    // eslint-disable-next-line parley/noted-errors -- The caller gets the same rejection.
    making.catch(() => this.made.delete(code));
    return making;
  }

  private async make(code: string): Promise<LobbyDocuments> {
    const [documents, keys] = await Promise.all([this.connect(), codeKeys(code, 'lobby')]);
    return new LobbyDocuments(documents, keys);
  }
}
