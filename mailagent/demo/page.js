// Frames as high as the mails in them. Nothing in a frame can run: they are sandboxed.
const fit = (frame) => {
  const body = frame.contentDocument && frame.contentDocument.documentElement;
  if (body) frame.style.height = Math.ceil(body.getBoundingClientRect().height) + "px";
};
for (const frame of document.querySelectorAll("iframe")) {
  frame.addEventListener("load", () => fit(frame));
  new ResizeObserver(() => fit(frame)).observe(frame.parentElement);
  fit(frame);
}
