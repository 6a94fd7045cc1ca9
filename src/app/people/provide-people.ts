import type { Provider } from '@angular/core';

/** What stands behind `People` and `Acquaintances`. Fetched with whatever first needs them. */
export const providePeople = (): Provider => [];
