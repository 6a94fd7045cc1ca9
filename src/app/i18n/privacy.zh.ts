import type { privacyEn } from './privacy.en';
import type { Translation } from './texts';

/** 通话隐私说明的简体中文文本. */
export const privacyZh: Translation<typeof privacyEn> = {
  media: '声音、画面、消息和文件在通话成员的浏览器之间加密传输。',
  members: '通话中的所有人都能看到和听到你，并会得知你的网络地址，除非你在设置中隐藏它。',
  link: '名额未满时，有链接的人都能加入，除非主持人锁定了通话，或要求先询问。请像保管钥匙一样保管链接。',
  database:
    '网站管理员和数据库能看到有通话、通话的时间和写入的数据量。名字、地址和加密指纹以密文存储，密钥来自通话码，他们得不到通话码。',
  relay: '如果需要中继服务器，它能看到网络地址和数据量，但看不到也听不到通话内容。',
  recording: '有人用 Parley 录制时，所有人都能在画面上方看到提示。用其他方式录制，Parley 无法得知。',
};
