// Reads QR codes with the phone's camera where the browser can; elsewhere the phone's own scanner opens the ticket.
const EVERY = 180;
const SAME_AGAIN = 4000;

export function canSee() {
  return "BarcodeDetector" in window && Boolean(navigator.mediaDevices?.getUserMedia);
}

/** Show the camera and hand each code on; returns how to stop. Throws when the camera is not allowed. */
export async function look(video, onCode) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  let last = { text: "", at: 0 };
  video.srcObject = stream;
  await video.play();
  const timer = setInterval(async () => {
    const found = await detector.detect(video).catch(() => []);
    const text = found[0]?.rawValue;
    if (!text || (text === last.text && Date.now() - last.at < SAME_AGAIN)) return;
    last = { text, at: Date.now() };
    onCode(text);
  }, EVERY);
  return () => {
    clearInterval(timer);
    stream.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  };
}
