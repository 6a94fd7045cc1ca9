import { KeptText } from './kept-text';

/** What one tab keeps over a reload (`sessionStorage`). */
export const keptInTab = new KeptText(() => window.sessionStorage);
