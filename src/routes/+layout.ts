// One static page; everything else happens in the browser.
export const prerender = true;
