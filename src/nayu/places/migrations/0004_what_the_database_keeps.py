from django.db import migrations

# Ranges of one point stand in for "=": the embedded database has no btree_gist. They also let one
# constraint say both rules of a territory: held whole, a village is held by every LAO there is.
NO_OVERLAP = """
CREATE TYPE uuidrange AS RANGE (subtype = uuid);

ALTER TABLE places_territory ADD CONSTRAINT places_territory_no_overlap EXCLUDE USING gist (
    int8range(village_id::bigint, village_id::bigint, '[]') WITH &&,
    (CASE extent WHEN 'whole' THEN int8range(NULL, NULL)
                 ELSE int8range(lao_id, lao_id, '[]') END) WITH &&,
    daterange(valid_from, valid_to) WITH &&
);

ALTER TABLE places_facilityownership ADD CONSTRAINT places_ownership_no_overlap EXCLUDE USING gist (
    int8range(lao_id, lao_id, '[]') WITH &&,
    uuidrange(facility_id, facility_id, '[]') WITH &&,
    daterange(valid_from, valid_to) WITH &&
);

ALTER TABLE places_workinghours ADD CONSTRAINT places_hours_no_overlap EXCLUDE USING gist (
    int8range(lao_id, lao_id, '[]') WITH &&,
    (uuidrange(coalesce(facility_id, '00000000-0000-0000-0000-000000000000'),
               coalesce(facility_id, '00000000-0000-0000-0000-000000000000'), '[]')) WITH &&,
    int4range(weekday, weekday, '[]') WITH &&,
    int4range(opens, closes) WITH &&
);

-- A day that is closed has no bounds, so nothing else fits into it.
ALTER TABLE places_specialhours ADD CONSTRAINT places_special_hours_no_overlap EXCLUDE USING gist (
    int8range(lao_id, lao_id, '[]') WITH &&,
    (uuidrange(coalesce(facility_id, '00000000-0000-0000-0000-000000000000'),
               coalesce(facility_id, '00000000-0000-0000-0000-000000000000'), '[]')) WITH &&,
    daterange(day, day, '[]') WITH &&,
    int4range(opens, closes) WITH &&
);
"""
OVERLAP = """
ALTER TABLE places_specialhours DROP CONSTRAINT places_special_hours_no_overlap;
ALTER TABLE places_workinghours DROP CONSTRAINT places_hours_no_overlap;
ALTER TABLE places_facilityownership DROP CONSTRAINT places_ownership_no_overlap;
ALTER TABLE places_territory DROP CONSTRAINT places_territory_no_overlap;
DROP TYPE uuidrange;
"""

# The running program reads the state's map and cannot redraw it.
READ_ONLY = """
REVOKE INSERT, UPDATE, DELETE ON places_province, places_district, places_subdistrict,
    places_postcode, places_succession, places_geographyedition FROM nayu_app;
"""
WRITABLE = """
GRANT INSERT, UPDATE, DELETE ON places_province, places_district, places_subdistrict,
    places_postcode, places_succession, places_geographyedition TO nayu_app;
"""


class Migration(migrations.Migration):
    dependencies = [("places", "0003_working_laos")]

    operations = [
        migrations.RunSQL(NO_OVERLAP, OVERLAP),
        migrations.RunSQL(READ_ONLY, WRITABLE),
        # A village is never forgotten: papers name it. It is abolished with a date.
        migrations.RunSQL(
            "REVOKE DELETE ON places_village FROM nayu_app",
            "GRANT DELETE ON places_village TO nayu_app",
        ),
    ]
