/**
 * Icons as path data: Material Symbols, weight 400, by Google, Apache License 2.0; the speaker view is our own.
 *
 * Those on a stage with three or more members. One constant each, so that a bundle contains only the icons it names.
 */
import type { IconPath } from './icon';

export const chevronLeftIcon: IconPath = 'M560-240 320-480l240-240 56 56-184 184 184 184-56 56Z';
export const chevronRightIcon: IconPath = 'M504-480 320-664l56-56 240 240-240 240-56-56 184-184Z';
export const gridViewIcon: IconPath =
  'M120-520v-320h320v320H120Zm0 400v-320h320v320H120Zm400-400v-320h320v320H520Zm0 400v-320h320v320H520ZM200-600h160v-160H200v160Zm400 0h160v-160H600v160Zm0 400h160v-160H600v160Zm-400 0h160v-160H200v160Z';
export const pushPinIcon: IconPath =
  'm640-480 80 80v80H520v240l-40 40-40-40v-240H240v-80l80-80v-280h-40v-80h400v80h-40v280Zm-286 80h252l-46-46v-314H400v314l-46 46Zm126 0Z';
export const speakerViewIcon: IconPath =
  'M120-320v-520h720v520H120Zm80-80h560v-360H200v360Zm-80 280v-120h200v120H120Zm260 0v-120h200v120H380Zm260 0v-120h200v120H640Z';
