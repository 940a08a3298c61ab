/** What fills the page on a phone. */
export type Panel = 'chat' | 'settings' | 'code' | 'history';
