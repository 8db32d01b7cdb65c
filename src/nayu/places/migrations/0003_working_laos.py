import django.db.models.deletion
import nayu.kernel.scope
import nayu.kernel.tenancy
import nayu.kernel.walls
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0002_geography'),
    ]

    operations = [
        migrations.CreateModel(
            name='Facility',
            fields=[
                ('id', models.UUIDField(default=nayu.kernel.tenancy.new_id, editable=False, primary_key=True, serialize=False)),
                ('house_no', models.CharField(blank=True, db_default='', default='', max_length=40)),
                ('moo', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('soi', models.CharField(blank=True, db_default='', default='', max_length=80)),
                ('road', models.CharField(blank=True, db_default='', default='', max_length=80)),
                ('post_code', models.CharField(blank=True, db_default='', default='', max_length=5)),
                ('lat', models.FloatField(blank=True, null=True)),
                ('lon', models.FloatField(blank=True, null=True)),
                ('source', models.CharField(blank=True, db_default='', default='', max_length=300)),
                ('is_demo', models.BooleanField(db_default=False, default=False)),
                ('name_th', models.CharField(max_length=160)),
                ('name_en', models.CharField(blank=True, max_length=160)),
                ('sort_key', models.CharField(db_collation='C', editable=False, max_length=500)),
                ('kind', models.CharField(choices=[('office', 'Office'), ('health_centre', 'Health-promoting hospital'), ('hospital', 'Hospital'), ('child_centre', 'Child development centre'), ('school', 'School'), ('temple', 'Temple'), ('mosque', 'Mosque'), ('church', 'Church'), ('hall', 'Community hall'), ('fire_station', 'Fire and disaster station'), ('market', 'Market'), ('sports', 'Sports ground or park'), ('learning', 'Learning place'), ('other', 'Other place')], max_length=20)),
                ('hcode', models.CharField(blank=True, max_length=9)),
                ('open_on_holidays', models.BooleanField(default=False)),
                ('opened_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('lao', nayu.kernel.tenancy.LaoKey(db_index=False, default=nayu.kernel.scope.here, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.lao')),
                ('subdistrict', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.subdistrict')),
                ('village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.village')),
            ],
        ),
        migrations.CreateModel(
            name='ContactPoint',
            fields=[
                ('id', models.UUIDField(default=nayu.kernel.tenancy.new_id, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, db_default='', default='', max_length=300)),
                ('is_demo', models.BooleanField(db_default=False, default=False)),
                ('kind', models.CharField(choices=[('phone', 'Telephone'), ('fax', 'Fax'), ('email', 'E-mail'), ('line', 'LINE'), ('website', 'Website'), ('address', 'Postal address')], max_length=10)),
                ('value', models.CharField(max_length=300)),
                ('extension', models.CharField(blank=True, max_length=6)),
                ('label_th', models.CharField(blank=True, max_length=120)),
                ('label_en', models.CharField(blank=True, max_length=120)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('lao', nayu.kernel.tenancy.LaoKey(db_index=False, default=nayu.kernel.scope.here, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.lao')),
                ('facility', nayu.kernel.tenancy.InLaoKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='places.facility')),
            ],
        ),
        migrations.CreateModel(
            name='FacilityOwnership',
            fields=[
                ('id', models.UUIDField(default=nayu.kernel.tenancy.new_id, editable=False, primary_key=True, serialize=False)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('source', models.CharField(blank=True, db_default='', default='', max_length=300)),
                ('is_demo', models.BooleanField(db_default=False, default=False)),
                ('owner', models.CharField(choices=[('lao', 'This local government'), ('pao', 'Provincial administrative organisation'), ('other_lao', 'Another local government'), ('moph', 'Ministry of Public Health'), ('education', 'Ministry of Education'), ('state', 'Another state agency'), ('religion', 'Temple, mosque or church'), ('community', 'Community organisation'), ('private', 'Private owner')], max_length=20)),
                ('owner_name', models.CharField(blank=True, max_length=160)),
                ('facility', nayu.kernel.tenancy.InLaoKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='ownerships', to='places.facility')),
                ('lao', nayu.kernel.tenancy.LaoKey(db_index=False, default=nayu.kernel.scope.here, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.lao')),
            ],
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.UUIDField(default=nayu.kernel.tenancy.new_id, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, db_default='', default='', max_length=300)),
                ('is_demo', models.BooleanField(db_default=False, default=False)),
                ('day', models.DateField()),
                ('name_th', models.CharField(max_length=300)),
                ('name_en', models.CharField(blank=True, max_length=300)),
                ('reach', models.CharField(choices=[('national', 'National holiday'), ('provincial', 'Holiday of the province'), ('local', 'Local holiday')], max_length=10)),
                ('is_observed', models.BooleanField(default=True)),
                ('lao', nayu.kernel.tenancy.LaoKey(db_index=False, default=nayu.kernel.scope.here, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.lao')),
            ],
        ),
        migrations.CreateModel(
            name='PopulationFigure',
            fields=[
                ('id', models.UUIDField(default=nayu.kernel.tenancy.new_id, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, db_default='', default='', max_length=300)),
                ('is_demo', models.BooleanField(db_default=False, default=False)),
                ('people', models.PositiveIntegerField()),
                ('households', models.PositiveIntegerField(blank=True, null=True)),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('lao', nayu.kernel.tenancy.LaoKey(db_index=False, default=nayu.kernel.scope.here, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.lao')),
            ],
        ),
        migrations.CreateModel(
            name='SpecialHours',
            fields=[
                ('id', models.UUIDField(default=nayu.kernel.tenancy.new_id, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('opens', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('closes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('reason_th', models.CharField(max_length=160)),
                ('reason_en', models.CharField(blank=True, max_length=160)),
                ('facility', nayu.kernel.tenancy.InLaoKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='special', to='places.facility')),
                ('lao', nayu.kernel.tenancy.LaoKey(db_index=False, default=nayu.kernel.scope.here, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.lao')),
            ],
        ),
        migrations.CreateModel(
            name='Territory',
            fields=[
                ('id', models.UUIDField(default=nayu.kernel.tenancy.new_id, editable=False, primary_key=True, serialize=False)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('source', models.CharField(blank=True, db_default='', default='', max_length=300)),
                ('is_demo', models.BooleanField(db_default=False, default=False)),
                ('extent', models.CharField(choices=[('whole', 'The whole village'), ('part', 'A part of the village')], max_length=5)),
                ('part_note', models.CharField(blank=True, max_length=200)),
                ('lao', nayu.kernel.tenancy.LaoKey(db_index=False, default=nayu.kernel.scope.here, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.lao')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.village')),
            ],
        ),
        migrations.CreateModel(
            name='UrbanCommunity',
            fields=[
                ('id', models.UUIDField(default=nayu.kernel.tenancy.new_id, editable=False, primary_key=True, serialize=False)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('source', models.CharField(blank=True, db_default='', default='', max_length=300)),
                ('is_demo', models.BooleanField(db_default=False, default=False)),
                ('name_th', models.CharField(max_length=120)),
                ('name_en', models.CharField(blank=True, max_length=120)),
                ('sort_key', models.CharField(db_collation='C', editable=False, max_length=500)),
                ('lao', nayu.kernel.tenancy.LaoKey(db_index=False, default=nayu.kernel.scope.here, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.lao')),
                ('subdistrict', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.subdistrict')),
                ('village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.village')),
            ],
        ),
        migrations.CreateModel(
            name='WorkingHours',
            fields=[
                ('id', models.UUIDField(default=nayu.kernel.tenancy.new_id, editable=False, primary_key=True, serialize=False)),
                ('weekday', models.PositiveSmallIntegerField()),
                ('opens', models.PositiveSmallIntegerField()),
                ('closes', models.PositiveSmallIntegerField()),
                ('facility', nayu.kernel.tenancy.InLaoKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='hours', to='places.facility')),
                ('lao', nayu.kernel.tenancy.LaoKey(db_index=False, default=nayu.kernel.scope.here, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.lao')),
            ],
        ),
        migrations.AddConstraint(
            model_name='facility',
            constraint=nayu.kernel.walls.RowWall(name='places_facility_one_lao'),
        ),
        migrations.AddConstraint(
            model_name='facility',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lat', None), ('lon', None)), models.Q(('lat__isnull', False), ('lon__isnull', False), ('lat__gte', 5), ('lat__lte', 21), ('lon__gte', 97), ('lon__lte', 106)), _connector='OR'), name='places_facility_point_is_in_thailand'),
        ),
        migrations.AddConstraint(
            model_name='facility',
            constraint=models.CheckConstraint(condition=models.Q(('post_code', ''), ('post_code__regex', '^[1-9][0-9]{4}$'), _connector='OR'), name='places_facility_post_code_is_five_digits'),
        ),
        migrations.AddConstraint(
            model_name='facility',
            constraint=models.CheckConstraint(condition=models.Q(('hcode', ''), ('hcode__regex', '^([0-9]{5}|[0-9]{9})$'), _connector='OR'), name='places_facility_hcode_is_five_or_nine_digits'),
        ),
        migrations.AddConstraint(
            model_name='facility',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('hcode', ''), _negated=True), ('closed_on', None)), fields=('lao', 'hcode'), name='places_facility_hcode_once'),
        ),
        migrations.AddConstraint(
            model_name='facility',
            constraint=models.CheckConstraint(condition=models.Q(('opened_on', None), ('closed_on', None), ('opened_on__lt', models.F('closed_on')), _connector='OR'), name='places_facility_closes_after_it_opens'),
        ),
        migrations.AddConstraint(
            model_name='contactpoint',
            constraint=nayu.kernel.walls.RowWall(name='places_contactpoint_one_lao'),
        ),
        migrations.AddConstraint(
            model_name='contactpoint',
            constraint=models.UniqueConstraint(fields=('lao', 'facility', 'kind', 'value', 'extension'), name='places_contact_point_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='contactpoint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['phone', 'fax']), _negated=True), ('value__regex', '^(\\+[1-9][0-9]{7,14}|1[0-9]{2,3})$'), _connector='OR'), name='places_contact_point_phone_is_normalised'),
        ),
        migrations.AddConstraint(
            model_name='contactpoint',
            constraint=models.CheckConstraint(condition=models.Q(('extension', ''), models.Q(('extension__regex', '^[0-9]{1,6}$'), ('kind__in', ['phone', 'fax'])), _connector='OR'), name='places_contact_point_only_phones_have_extensions'),
        ),
        migrations.AddConstraint(
            model_name='contactpoint',
            constraint=models.CheckConstraint(condition=models.Q(('value', ''), _negated=True), name='places_contact_point_says_something'),
        ),
        migrations.AddConstraint(
            model_name='contactpoint',
            constraint=nayu.kernel.walls.SameLao(field='facility', name='places_contactpoint_facility_same_lao'),
        ),
        migrations.AddConstraint(
            model_name='facilityownership',
            constraint=nayu.kernel.walls.RowWall(name='places_facilityownership_one_lao'),
        ),
        migrations.AddConstraint(
            model_name='facilityownership',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_to', None), ('valid_from__lt', models.F('valid_to')), _connector='OR'), name='places_facilityownership_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='facilityownership',
            constraint=nayu.kernel.walls.SameLao(field='facility', name='places_facilityownership_facility_same_lao'),
        ),
        migrations.AddConstraint(
            model_name='holiday',
            constraint=nayu.kernel.walls.RowWall(name='places_holiday_one_lao'),
        ),
        migrations.AddConstraint(
            model_name='holiday',
            constraint=models.UniqueConstraint(fields=('lao', 'day'), name='places_holiday_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='populationfigure',
            constraint=nayu.kernel.walls.RowWall(name='places_populationfigure_one_lao'),
        ),
        migrations.AddConstraint(
            model_name='populationfigure',
            constraint=models.UniqueConstraint(fields=('lao', 'year', 'source'), name='places_population_once_a_year_and_source', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='populationfigure',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='places_population_names_its_source'),
        ),
        migrations.AddConstraint(
            model_name='populationfigure',
            constraint=models.CheckConstraint(condition=models.Q(('year', None), models.Q(('year__gte', 1900), ('year__lte', 2200)), _connector='OR'), name='places_population_year_is_common_era'),
        ),
        migrations.AddConstraint(
            model_name='specialhours',
            constraint=nayu.kernel.walls.RowWall(name='places_specialhours_one_lao'),
        ),
        migrations.AddConstraint(
            model_name='specialhours',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closes', None), ('opens', None)), models.Q(('closes__isnull', False), ('closes__lte', 1440), ('opens__isnull', False), ('opens__lt', models.F('closes'))), _connector='OR'), name='places_special_hours_close_after_they_open'),
        ),
        migrations.AddConstraint(
            model_name='specialhours',
            constraint=nayu.kernel.walls.SameLao(field='facility', name='places_specialhours_facility_same_lao'),
        ),
        migrations.AddConstraint(
            model_name='territory',
            constraint=nayu.kernel.walls.RowWall(name='places_territory_one_lao'),
        ),
        migrations.AddConstraint(
            model_name='territory',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_to', None), ('valid_from__lt', models.F('valid_to')), _connector='OR'), name='places_territory_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='territory',
            constraint=models.CheckConstraint(condition=models.Q(('extent__in', ['whole', 'part'])), name='places_territory_extent_is_whole_or_part'),
        ),
        migrations.AddConstraint(
            model_name='territory',
            constraint=models.CheckConstraint(condition=models.Q(('extent', 'part'), ('part_note', ''), _connector='OR'), name='places_territory_only_a_part_has_a_note'),
        ),
        migrations.AddConstraint(
            model_name='urbancommunity',
            constraint=nayu.kernel.walls.RowWall(name='places_urbancommunity_one_lao'),
        ),
        migrations.AddConstraint(
            model_name='urbancommunity',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_to', None), ('valid_from__lt', models.F('valid_to')), _connector='OR'), name='places_urbancommunity_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='urbancommunity',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('lao', 'name_th'), name='places_urban_community_name_once'),
        ),
        migrations.AddConstraint(
            model_name='workinghours',
            constraint=nayu.kernel.walls.RowWall(name='places_workinghours_one_lao'),
        ),
        migrations.AddConstraint(
            model_name='workinghours',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__gte', 1), ('weekday__lte', 7)), name='places_hours_weekday_is_iso'),
        ),
        migrations.AddConstraint(
            model_name='workinghours',
            constraint=models.CheckConstraint(condition=models.Q(('closes__lte', 1440), ('opens__lt', models.F('closes'))), name='places_hours_close_after_they_open'),
        ),
        migrations.AddConstraint(
            model_name='workinghours',
            constraint=nayu.kernel.walls.SameLao(field='facility', name='places_workinghours_facility_same_lao'),
        ),
    ]
