"""What other modules may ask of places."""

from nayu.places.models import (
    ContactPoint,
    Facility,
    FacilityOwnership,
    Holiday,
    Lao,
    Territory,
    Village,
)
from nayu.places.selectors.addresses import address_en, address_th
from nayu.places.selectors.calendar import working_calendar
from nayu.places.selectors.fiscal_year import FiscalYear
from nayu.places.selectors.geography import (
    Area,
    Lookup,
    districts,
    look_up,
    post_codes,
    provinces,
    search_areas,
    subdistricts,
    with_post_code,
)
from nayu.places.selectors.given_addresses import Address
from nayu.places.selectors.laos import all_laos, forget_hosts, lao_at
from nayu.places.selectors.lists import (
    communities_on,
    contacts,
    facilities_on,
    holidays_of,
    population_figures,
    villages_on,
)
from nayu.places.selectors.working_time import NeverOpen, Span, WorkingCalendar
from nayu.places.services.contacts import Contact, list_contact, withdraw_contact
from nayu.places.services.demo import furnish_demo
from nayu.places.services.equipping import equip_lao
from nayu.places.services.facilities import (
    FacilityFacts,
    Owner,
    close_facility,
    hand_over_facility,
    register_facility,
)
from nayu.places.services.founding import (
    BadCode,
    BadHost,
    BadName,
    CodeTaken,
    HostTaken,
    create_lao,
)
from nayu.places.services.geography import keep_geography_current
from nayu.places.services.hours import (
    clear_special_day,
    keep_holiday,
    seed_national_holidays,
    set_special_day,
    set_working_hours,
    work_on_holiday,
)
from nayu.places.services.profile import LaoProfile, describe_lao, record_population
from nayu.places.services.territory import (
    CommunityFacts,
    found_community,
    hold_village,
    let_go_of_village,
    number_village,
)

__all__ = [
    "Address",
    "Area",
    "BadCode",
    "BadHost",
    "BadName",
    "CodeTaken",
    "CommunityFacts",
    "Contact",
    "ContactPoint",
    "Facility",
    "FacilityFacts",
    "FacilityOwnership",
    "FiscalYear",
    "Holiday",
    "HostTaken",
    "Lao",
    "LaoProfile",
    "Lookup",
    "NeverOpen",
    "Owner",
    "Span",
    "Territory",
    "Village",
    "WorkingCalendar",
    "address_en",
    "address_th",
    "all_laos",
    "clear_special_day",
    "close_facility",
    "communities_on",
    "contacts",
    "create_lao",
    "describe_lao",
    "districts",
    "equip_lao",
    "facilities_on",
    "forget_hosts",
    "found_community",
    "furnish_demo",
    "hand_over_facility",
    "hold_village",
    "holidays_of",
    "keep_geography_current",
    "keep_holiday",
    "lao_at",
    "let_go_of_village",
    "list_contact",
    "look_up",
    "number_village",
    "population_figures",
    "post_codes",
    "provinces",
    "record_population",
    "register_facility",
    "search_areas",
    "seed_national_holidays",
    "set_special_day",
    "set_working_hours",
    "subdistricts",
    "villages_on",
    "with_post_code",
    "withdraw_contact",
    "work_on_holiday",
    "working_calendar",
]
