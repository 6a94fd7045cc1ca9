import { KeptText } from './kept-text';

/** Text that survives a reload of one tab (`sessionStorage`). */
export const keptInTab = new KeptText(() => window.sessionStorage);
