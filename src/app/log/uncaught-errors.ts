import { ErrorHandler } from '@angular/core';

import { noteError } from './note';

/** Notes errors that nothing caught, in listeners, templates and promises, before Angular reports them to the console. */
export class UncaughtErrors extends ErrorHandler {
  override handleError(error: unknown): void {
    noteError('page', 'uncaught', error);
    super.handleError(error);
  }
}
