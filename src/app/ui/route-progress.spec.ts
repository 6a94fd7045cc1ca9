import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, type Route } from '@angular/router';

import { I18n } from '../i18n/i18n';
import { RouteProgress } from './route-progress';

@Component({ template: '' })
class There {}

describe('RouteProgress', () => {
  it('shows that a page is loading, if that takes a moment, until it has loaded', async () => {
    let arrive: (page: typeof There) => void = () => undefined;
    const route: Route = { path: 'there', loadComponent: () => new Promise((resolve) => (arrive = resolve)) };
    TestBed.configureTestingModule({ providers: [provideRouter([route])] });
    await TestBed.inject(I18n).use('en');
    const fixture = TestBed.createComponent(RouteProgress);
    await fixture.whenStable();
    const bar = () => (fixture.nativeElement as HTMLElement).querySelector('[role=progressbar]');
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    expect(bar()).toBeNull();
    const going = TestBed.inject(Router).navigateByUrl('/there');
    while (!bar()) await frame();
    expect(
      bar()!
        .getAnimations()
        .map(({ effect }) => effect?.getTiming().delay),
    ).toEqual([300, 300]);
    expect(bar()!.getAttribute('aria-label')).toBe('Loading…');
    while (getComputedStyle(bar()!).visibility !== 'visible') await frame();
    arrive(There);
    await going;
    await fixture.whenStable();
    expect(bar()).toBeNull();
  });
});
