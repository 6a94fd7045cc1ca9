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
});
