import type { troublesEn } from './troubles.en';
import type { Translation } from './texts';

/** 麦克风或摄像头出问题时的简体中文文本. */
export const troublesZh: Translation<typeof troublesEn> = {
  'media.microphone.denied.title': '麦克风被阻止',
  'media.microphone.denied.text': '浏览器阻止了麦克风。请通过地址栏旁的图标允许使用，然后重试。',
  'media.microphone.missing.title': '未找到麦克风',
  'media.microphone.missing.text': '请接入或打开麦克风，然后重试。',
  'media.microphone.busy.title': '麦克风被占用',
  'media.microphone.busy.text': '其他应用正在使用麦克风，或麦克风没有响应。请关闭该应用，然后重试。',
  'media.microphone.unsupported.title': '无法使用麦克风',
  'media.microphone.unsupported.text':
    '此浏览器不允许网页使用麦克风，或仅在安全连接（https）下允许。请换一个浏览器，或使用以 https 开头的地址。',
  'media.microphone.lost.title': '麦克风已断开',
  'media.microphone.lost.text': '麦克风被拔出或关闭。请重新接入或选择其他麦克风，然后重试。',
  'media.microphone.failed.title': '麦克风无法启动',
  'media.microphone.failed.text': '麦克风无法启动，浏览器没有说明原因。请重试或选择其他麦克风。',
  'media.microphone.muted.text':
    '别人听不到你。可能是来电、静音开关或隐私设置所致。结束来电或拨回开关后即可恢复。',
  'media.camera.denied.title': '摄像头被阻止',
  'media.camera.denied.text': '浏览器阻止了摄像头。请通过地址栏旁的图标允许使用，然后重试。',
  'media.camera.missing.title': '未找到摄像头',
  'media.camera.missing.text': '请接入或打开摄像头，然后重试。',
  'media.camera.busy.title': '摄像头被占用',
  'media.camera.busy.text': '其他应用正在使用摄像头，或摄像头没有响应。请关闭该应用，然后重试。',
  'media.camera.unsupported.title': '无法使用摄像头',
  'media.camera.unsupported.text':
    '此浏览器不允许网页使用摄像头，或仅在安全连接（https）下允许。请换一个浏览器，或使用以 https 开头的地址。',
  'media.camera.lost.title': '摄像头已断开',
  'media.camera.lost.text': '摄像头被拔出或关闭。请重新接入或选择其他摄像头，然后重试。',
  'media.camera.failed.title': '摄像头无法启动',
  'media.camera.failed.text': '摄像头无法启动，浏览器没有说明原因。请重试或选择其他摄像头。',
  'media.camera.muted.text':
    '别人看不到你。可能是其他应用、镜头盖或隐私设置所致。关闭该应用或打开镜头盖后即可恢复。',
  'media.both.denied.title': '摄像头和麦克风被阻止',
  'media.both.denied.text': '浏览器阻止了摄像头和麦克风。请通过地址栏旁的图标允许使用，然后重试。',
  'media.both.missing.title': '未找到摄像头和麦克风',
  'media.both.missing.text': '请接入或打开摄像头或麦克风，然后重试。',
  'media.both.busy.title': '摄像头和麦克风被占用',
  'media.both.busy.text': '其他应用正在使用它们，或它们没有响应。请关闭该应用，然后重试。',
  'media.both.unsupported.title': '无法使用摄像头和麦克风',
  'media.both.unsupported.text':
    '此浏览器不允许网页使用它们，或仅在安全连接（https）下允许。请换一个浏览器，或使用以 https 开头的地址。',
  'media.both.lost.title': '摄像头和麦克风已断开',
  'media.both.lost.text': '它们被拔出或关闭。请重新接入或选择其他设备，然后重试。',
  'media.both.failed.title': '摄像头和麦克风无法启动',
  'media.both.failed.text': '摄像头和麦克风无法启动，浏览器没有说明原因。请重试或选择其他设备。',
  'media.both.muted.text':
    '别人看不到也听不到你。可能是来电、其他应用或隐私设置所致。结束来电或更改设置后即可恢复。',
  'media.camera.held.slow': '虚化背景占用此设备的处理器过多，因此已关闭摄像头。关闭虚化后，别人才能看到你。',
  'media.camera.held.unsupported':
    '此浏览器无法按你的设置虚化背景，因此已关闭摄像头。关闭虚化后，别人才能看到你。',
  'media.camera.held.failed': '目前无法虚化背景，因此已关闭摄像头。请关闭虚化，或重新打开摄像头再试。',
  'media.camera.held.unblur': '关闭虚化',
  'media.without.microphone': '没有麦克风也能加入：你能听到别人，但别人听不到你。',
  'media.without.camera': '没有摄像头也能加入：你能看到别人，但别人看不到你。',
  'media.without.both': '没有摄像头和麦克风也能加入：你能看到和听到别人，但别人看不到也听不到你。',
  'media.tryAgain.microphone': '重试麦克风',
  'media.tryAgain.camera': '重试摄像头',
  'media.dismiss': '知道了',
};
