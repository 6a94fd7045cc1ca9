import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';

import { injectTexts } from '../../i18n/i18n';
import { peopleTexts } from '../../i18n/people';
import { People, type IncomingRing } from '../../people/people';
import { Icon } from '../../ui/icon/icon';
import { closeIcon } from '../../ui/icon/icons';

/** A ring that ended without an answer here: says how, until it is dismissed. */
@Component({
  selector: 'parley-ended-ring',
  imports: [Icon],
  template: `
    <section [attr.aria-label]="words()">
      <p>{{ words() }}</p>
      @if (canCallBack()) {
        <button
          type="button"
          class="button text"
          [attr.aria-label]="t('recent.callBack.name', { name: name() })"
          (click)="callBack()"
        >
          {{ t('recent.callBack') }}
        </button>
      }
      <button type="button" class="button icon" [attr.aria-label]="t('close')" (click)="dismiss()">
        <parley-icon [path]="icon" />
      </button>
    </section>
  `,
  styles: `
    @use './sheet';

    section {
      display: flex;
      align-items: center;
      gap: 0.25rem;

      @include sheet.sheet;
      padding-block: 0.25rem;
      padding-inline: 1.25rem 0.25rem;
    }
    p {
      flex: 1;
      min-inline-size: 0;
      font-weight: 600;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EndedRing {
  readonly ring = input.required<IncomingRing>();

  protected readonly t = injectTexts(peopleTexts);
  protected readonly icon = closeIcon;
  private readonly people = inject(People);

  protected readonly name = computed(() => this.ring().from.name || this.t('guest'));
  protected readonly words = computed(() => {
    const { ended } = this.ring();
    return ended === null ? '' : this.t(`in.${ended}`, { name: this.name() });
  });
  protected readonly canCallBack = computed(() => this.ring().ended !== 'elsewhere');

  protected callBack(): void {
    const ring = this.ring();
    this.people.dismiss(ring);
    this.people.ring(ring.lobby, ring.from);
  }

  protected dismiss(): void {
    this.people.dismiss(this.ring());
  }
}
