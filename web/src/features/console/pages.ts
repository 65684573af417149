// The pages of administration by their address; the only way in to them. Office hours, holidays and notices get theirs here.
import "./console.css";
import { Figures } from "./Figures";
import { LookPage } from "./LookPage";
import { OpenInvitations } from "./OpenInvitations";
import { People } from "./People";
import { Teams } from "./Teams";

export const PAGES_BY_PATH = {
  "/beheer/mensen": People,
  "/beheer/teams": Teams,
  "/beheer/uitnodigingen": OpenInvitations,
  "/beheer/uiterlijk": LookPage,
  "/beheer/cijfers": Figures,
};
