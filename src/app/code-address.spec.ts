import { Location } from '@angular/common';
import { Component, inject } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { ActivatedRoute, provideRouter, UrlSerializer } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import * as fc from 'fast-check';

import { CodeAddress } from './code-address';

@Component({ template: 'call {{ fragment }}' })
class CallStub {
  protected readonly fragment = inject(ActivatedRoute).snapshot.fragment;
}

@Component({ template: 'lobby' })
class LobbyStub {}

@Component({ template: 'not found' })
class NotFoundStub {}

const code = 'abcd-efgh-jkmn-pqrs';

describe('the address of a call or a lobby', () => {
  const arrive = async (url: string) => {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [
        provideRouter([
          { path: '', pathMatch: 'full', component: NotFoundStub },
          { path: 'call', component: CallStub },
          { path: 'lobby', component: LobbyStub },
          { path: '**', component: NotFoundStub },
        ]),
        { provide: UrlSerializer, useFactory: () => new CodeAddress() },
      ],
    });
    const { fixture } = await RouterTestingHarness.create(url);
    const page = (fixture.nativeElement as HTMLElement).textContent?.trim();
    return [page, TestBed.inject(Location).path(true)];
  };

  for (const url of [
    `/call#${code}`,
    `/call%23${code}`,
    `/call%2523${code}`,
    `/call%EF%BC%83${code}`,
    `/call/${code}`,
    `/call/#${code}`,
    `/CALL#${code.toUpperCase()}`,
    `/call#${code}.`,
    `/call#${code}%E3%80%82`,
    `/call#${code}%`,
    `/call#${code}&utm_source=mail`,
    `/call%23${code}%20Join%20my%20call`,
    `/call?next=%23${code}`,
    `/lobby#https://parley.example/call#${code}`,
  ]) {
    it(`leads into the call from ${url}`, async () => {
      expect(await arrive(url)).toEqual([`call ${code}`, `/call#${code}`]);
    });
  }

  it('leads into a lobby in the same ways', async () => {
    expect(await arrive(`/lobby%23${code}%3E`)).toEqual(['lobby', `/lobby#${code}`]);
  });

  it('keeps a query that does not contain the code', async () => {
    expect(await arrive(`/call?utm_source=mail#${code}`)).toEqual([
      `call ${code}`,
      `/call?utm_source=mail#${code}`,
    ]);
  });

  it('shows the place’s page when there is no code', async () => {
    expect((await arrive('/call%23abcd'))[0]).toBe('call abcd');
    expect((await arrive('/call#100%'))[0]).toBe('call 100%');
    expect((await arrive('/call'))[0]).toBe('call');
  });

  it('leaves other pages unchanged', async () => {
    for (const url of ['/callous', `/call-list%23${code}`, `/settings%23${code}`]) {
      expect((await arrive(url))[0])
        .withContext(url)
        .toBe('not found');
    }
  });

  it('produces an address that parses to itself, for any input', () => {
    const addresses = new CodeAddress();
    const part = fc.constantFrom(
      '%23',
      '#',
      '?',
      '&',
      '%',
      '%ff',
      '/',
      code,
      'abcd',
      '.',
      ';',
      '(',
      '＃',
      ' ',
    );
    fc.assert(
      fc.property(fc.constantFrom('/call', '/lobby'), fc.array(part, { maxLength: 6 }), (place, parts) => {
        const url = place + parts.join('');
        let once: string;
        try {
          once = addresses.serialize(addresses.parse(url));
        } catch {
          // The router shows the start page for a path that it can't parse.
          return;
        }
        expect(addresses.serialize(addresses.parse(once)))
          .withContext(url)
          .toBe(once);
      }),
    );
  });
});
