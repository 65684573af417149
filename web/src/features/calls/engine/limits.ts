// How much of a line a picture may take, and that sound comes first when there is little of it.
import type { TrackUse } from "../../../api/protocol";

/** Bits per second. */
const MOST: Readonly<Record<TrackUse, number>> = { microphone: 48_000, camera: 1_500_000, screen: 2_500_000 };

type Encoding = RTCRtpEncodingParameters & { networkPriority?: RTCPriorityType };

/** To be called once what is sent is agreed on; before that there is nothing to limit. */
export async function limit(sender: RTCRtpSender, use: TrackUse): Promise<void> {
  const parameters = sender.getParameters();
  if (!parameters.encodings || parameters.encodings.length === 0) return;
  for (const encoding of parameters.encodings as Encoding[]) {
    encoding.maxBitrate = MOST[use];
    encoding.priority = use === "microphone" ? "high" : "low";
    encoding.networkPriority = encoding.priority;
  }
  // A browser that knows one of these not leaves it be; a sender that has just ended refuses all.
  await sender.setParameters(parameters).catch(() => {});
}
