import { Location } from '@angular/common';
import { Component, inject } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';

import { cameFrom } from './came-from';

const [lobby, call] = ['abcd-efgh-jkmn-pqrs', 'abcd-efgh-jkmn-pqrt'];

@Component({ selector: 'parley-elsewhere', template: '' })
class Elsewhere {}

@Component({ selector: 'parley-visit', template: '' })
class Visit {
  readonly lobby = cameFrom(inject(Router), inject(Location), call);
}

describe('cameFrom', () => {
  let harness: RouterTestingHarness;

  beforeEach(async () => {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([
          { path: '', component: Elsewhere },
          { path: 'lobby', component: Elsewhere },
          { path: 'call', component: Visit },
        ]),
      ],
    });
    harness = await RouterTestingHarness.create();
  });

  const visit = async (state: object = {}) => {
    await TestBed.inject(Router).navigate(['/call'], { fragment: call, state });
    const visit = harness.routeDebugElement?.componentInstance as Visit;
    return visit.lobby;
  };

  it('is the lobby that the person was in, kept for a reload', async () => {
    await harness.navigateByUrl(`/lobby#${lobby}`);
    expect(await visit({ intent: 'new' })).toBe(lobby);
    expect(TestBed.inject(Location).getState()).toEqual(jasmine.objectContaining({ intent: 'new', lobby }));
  });

  it('is null for a person who came from another page, or through a lobby page without a lobby', async () => {
    await harness.navigateByUrl('/');
    expect(await visit()).toBeNull();
    await harness.navigateByUrl(`/lobby#${call}`);
    expect(await visit()).toBeNull();
    await harness.navigateByUrl('/lobby');
    expect(await visit()).toBeNull();
  });

  it('ignores state that another program wrote', async () => {
    for (const lobby of [7, 'nothing', null]) {
      await harness.navigateByUrl('/');
      expect(await visit({ lobby })).toBeNull();
    }
  });
});
