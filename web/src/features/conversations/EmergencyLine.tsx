// In every conversation, also before it is there: that this is not for emergencies, and on a telephone, where the menu is
// out of sight, the way to the help in need.
import { Icon } from "../../ui/Icon";
import { EmergencyNotice } from "../organisations/EmergencyNotice";
import { NeedLink } from "../plans/NeedLink";

export function EmergencyLine({ organisation }: { organisation: string | undefined }) {
  return (
    <>
      <NeedLink />
      <p class="emergency">
        <Icon name="info" size={18} />
        <span>
          <EmergencyNotice organisation={organisation} />
        </span>
      </p>
    </>
  );
}
