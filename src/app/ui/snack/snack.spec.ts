import { TestBed } from '@angular/core/testing';
import { MatSnackBar } from '@angular/material/snack-bar';

import { Snack } from './snack';

describe('Snack', () => {
  afterEach(() => TestBed.inject(MatSnackBar).dismiss());

  it('shows a message and performs its action', async () => {
    const again = jasmine.createSpy('again');
    await TestBed.inject(Snack).show('It went wrong.', { action: { label: 'Again', do: again } });
    const bar = document.querySelector('mat-snack-bar-container');
    expect(bar?.textContent).toContain('It went wrong.');
    const button = bar?.querySelector('button');
    expect(button?.textContent?.trim()).toBe('Again');
    button?.click();
    expect(again).toHaveBeenCalledTimes(1);
  });

  it('gives the focus back to where it was when its button goes', async () => {
    const field = document.createElement('input');
    document.body.append(field);
    field.focus();
    await TestBed.inject(Snack).show('It went wrong.', { action: { label: 'Again', do: () => undefined } });
    const button = document.querySelector<HTMLElement>('mat-snack-bar-container button')!;
    button.focus();
    button.click();
    while (document.activeElement !== field) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(document.querySelector('mat-snack-bar-container')).toBeNull();
    field.remove();
  });

  it('goes when what it is about has gone, or is not shown at all', async () => {
    const about = new AbortController();
    await TestBed.inject(Snack).show('It went wrong.', { until: about.signal });
    expect(document.querySelector('mat-snack-bar-container')).not.toBeNull();
    about.abort();
    while (document.querySelector('mat-snack-bar-container'))
      await new Promise((resolve) => setTimeout(resolve, 20));
    await TestBed.inject(Snack).show('It went wrong.', { until: about.signal });
    expect(document.querySelector('mat-snack-bar-container')).toBeNull();
  });
});
