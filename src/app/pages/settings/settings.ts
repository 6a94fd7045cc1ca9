import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';

import { injectTexts } from '../../i18n/i18n';
import { shellTexts } from '../../i18n/shell';
import { Install } from '../../pwa/install';
import { LanguageChoice } from '../../ui/choice/language-choice';
import { ThemeChoice } from '../../ui/choice/theme-choice';
import { Icon } from '../../ui/icon/icon';
import { SoundSwitch } from '../../ui/switch/sound-switch';
import { arrowBackIcon, installDesktopIcon } from '../../ui/icon/icons';
import { AddressSwitch } from './address-switch';

/** Language, appearance, sounds, hiding the address, and installing. */
@Component({
  selector: 'parley-settings',
  imports: [AddressSwitch, Icon, LanguageChoice, RouterLink, SoundSwitch, ThemeChoice],
  templateUrl: './settings.html',
  styleUrl: './settings.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Settings {
  protected readonly t = injectTexts(shellTexts);
  protected readonly install = inject(Install);
  protected readonly icons = { back: arrowBackIcon, install: installDesktopIcon };
}
