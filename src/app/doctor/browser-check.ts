import { CallError } from '../call/call-state';
import type { Finding } from './finding';

export interface BrowserFinding extends Finding<'ready' | 'insecure' | 'unsupported'> {
  /** Features that the browser lacks, by their names in the standards. */
  readonly missing: readonly string[];
}

/** Checks whether this browser and page can hold a call at all. `checkCapabilities` is the check that a call begins with. */
export function checkBrowser(checkCapabilities: () => void): BrowserFinding {
  try {
    checkCapabilities();
    return { state: 'well', reason: 'ready', missing: [] };
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    const reason = error.reason === 'insecure' ? 'insecure' : 'unsupported';
    return { state: 'failed', reason, missing: error.missing };
  }
}
