import { noteError } from '../log/note';

/**
 * Texts that the browser stores by key (HTML, section 12.2, "Web storage"). Never throws: where storage is blocked or
 * full, a text is held in memory until the page is closed.
 */
export class KeptText {
  /** Values that could not be stored; `null` for a key that was to be removed. */
  private readonly unstored = new Map<string, string | null>();

  /** @param storage may throw, as reading `window.localStorage` does where storage is blocked */
  constructor(private readonly storage: () => Storage | null | undefined) {}

  /** The text for a key, or null when there is none. */
  get(key: string): string | null {
    const unstored = this.unstored.get(key);
    if (unstored !== undefined) return unstored;
    try {
      const text: unknown = this.storage()?.getItem(key);
      return typeof text === 'string' ? text : null;
    } catch (error) {
      noteError('storage', 'get', error);
      return null;
    }
  }

  /** Stores a text; `null` removes it. */
  set(key: string, text: string | null): void {
    try {
      const storage = this.storage();
      if (!storage) throw new DOMException('no storage', 'NotSupportedError');
      if (text === null) storage.removeItem(key);
      else storage.setItem(key, text);
      this.unstored.delete(key);
    } catch (error) {
      noteError('storage', 'set', error);
      this.unstored.set(key, text);
    }
  }

  /** The JSON object for a key, or null when there is none or the value is not an object. Its fields may be of any type. */
  record(key: string): Readonly<Record<string, unknown>> | null {
    try {
      const value: unknown = JSON.parse(this.get(key) ?? 'null');
      return isRecord(value) ? value : null;
    } catch (error) {
      noteError('storage', 'parse', error);
      return null;
    }
  }

  /** Stores an object as JSON. */
  setRecord(key: string, value: object): void {
    this.set(key, JSON.stringify(value));
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
