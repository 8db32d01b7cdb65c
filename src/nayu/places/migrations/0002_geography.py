import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='District',
            fields=[
                ('name_th', models.CharField(db_index=True, max_length=120)),
                ('name_en', models.CharField(blank=True, max_length=120)),
                ('sort_key', models.CharField(db_collation='C', editable=False, max_length=500)),
                ('abolished_on', models.DateField(blank=True, null=True)),
                ('code', models.CharField(max_length=4, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='GeographyEdition',
            fields=[
                ('version', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('loaded_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('old', models.CharField(max_length=6)),
                ('new', models.CharField(max_length=6)),
                ('basis', models.CharField(choices=[('notice', 'Notice'), ('name', 'Name')], max_length=6)),
                ('in_force_on', models.DateField(blank=True, null=True)),
                ('source', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='Village',
            fields=[
                ('source', models.CharField(blank=True, db_default='', default='', max_length=300)),
                ('is_demo', models.BooleanField(db_default=False, default=False)),
                ('code', models.CharField(max_length=8, primary_key=True, serialize=False)),
                ('moo', models.PositiveSmallIntegerField()),
                ('name_th', models.CharField(max_length=120)),
                ('name_en', models.CharField(blank=True, max_length=120)),
                ('abolished_on', models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name='lao',
            name='area_km2',
            field=models.DecimalField(blank=True, decimal_places=3, max_digits=9, null=True),
        ),
        migrations.AddField(
            model_name='lao',
            name='demo_note',
            field=models.CharField(blank=True, db_default='', default='', max_length=300),
        ),
        migrations.AddField(
            model_name='lao',
            name='house_no',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
        migrations.AddField(
            model_name='lao',
            name='is_demo',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='lao',
            name='lat',
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='lao',
            name='lon',
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='lao',
            name='moo',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='lao',
            name='motto_en',
            field=models.CharField(blank=True, db_default='', default='', max_length=500),
        ),
        migrations.AddField(
            model_name='lao',
            name='motto_th',
            field=models.CharField(blank=True, db_default='', default='', max_length=500),
        ),
        migrations.AddField(
            model_name='lao',
            name='post_code',
            field=models.CharField(blank=True, db_default='', default='', max_length=5),
        ),
        migrations.AddField(
            model_name='lao',
            name='road',
            field=models.CharField(blank=True, db_default='', default='', max_length=80),
        ),
        migrations.AddField(
            model_name='lao',
            name='soi',
            field=models.CharField(blank=True, db_default='', default='', max_length=80),
        ),
        migrations.AddField(
            model_name='lao',
            name='source',
            field=models.CharField(blank=True, db_default='', default='', max_length=300),
        ),
        migrations.AddField(
            model_name='lao',
            name='website',
            field=models.URLField(blank=True, db_default='', default='', max_length=300),
        ),
        migrations.AddField(
            model_name='lao',
            name='district',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.district'),
        ),
        migrations.CreateModel(
            name='Province',
            fields=[
                ('name_th', models.CharField(db_index=True, max_length=120)),
                ('name_en', models.CharField(blank=True, max_length=120)),
                ('sort_key', models.CharField(db_collation='C', editable=False, max_length=500)),
                ('abolished_on', models.DateField(blank=True, null=True)),
                ('code', models.CharField(max_length=2, primary_key=True, serialize=False)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[0-9]{2}$')), name='places_province_code_is_two_digits')],
            },
        ),
        migrations.AddField(
            model_name='district',
            name='province',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='districts', to='places.province'),
        ),
        migrations.CreateModel(
            name='Subdistrict',
            fields=[
                ('name_th', models.CharField(db_index=True, max_length=120)),
                ('name_en', models.CharField(blank=True, max_length=120)),
                ('sort_key', models.CharField(db_collation='C', editable=False, max_length=500)),
                ('abolished_on', models.DateField(blank=True, null=True)),
                ('code', models.CharField(max_length=6, primary_key=True, serialize=False)),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subdistricts', to='places.district')),
            ],
        ),
        migrations.CreateModel(
            name='PostCode',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('code', models.CharField(db_index=True, max_length=5)),
                ('subdistrict', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='post_codes', to='places.subdistrict')),
            ],
        ),
        migrations.AddField(
            model_name='lao',
            name='subdistrict',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.subdistrict'),
        ),
        migrations.AddConstraint(
            model_name='lao',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lat', None), ('lon', None)), models.Q(('lat__isnull', False), ('lon__isnull', False), ('lat__gte', 5), ('lat__lte', 21), ('lon__gte', 97), ('lon__lte', 106)), _connector='OR'), name='places_lao_point_is_in_thailand'),
        ),
        migrations.AddConstraint(
            model_name='lao',
            constraint=models.CheckConstraint(condition=models.Q(('post_code', ''), ('post_code__regex', '^[1-9][0-9]{4}$'), _connector='OR'), name='places_lao_post_code_is_five_digits'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.UniqueConstraint(fields=('old', 'new'), name='places_succession_once'),
        ),
        migrations.AddField(
            model_name='village',
            name='subdistrict',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='villages', to='places.subdistrict'),
        ),
        migrations.AddConstraint(
            model_name='district',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[0-9]{4}$'), ('code__startswith', models.F('province'))), name='places_district_code_begins_with_its_province'),
        ),
        migrations.AddConstraint(
            model_name='subdistrict',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[0-9]{6}$'), ('code__startswith', models.F('district'))), name='places_subdistrict_code_begins_with_its_district'),
        ),
        migrations.AddConstraint(
            model_name='postcode',
            constraint=models.UniqueConstraint(fields=('subdistrict', 'code'), name='places_post_code_once_a_subdistrict'),
        ),
        migrations.AddConstraint(
            model_name='postcode',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[1-9][0-9]{4}$')), name='places_post_code_is_five_digits'),
        ),
        migrations.AddConstraint(
            model_name='village',
            constraint=models.CheckConstraint(condition=models.Q(('moo__gte', 1), ('moo__lte', 99), ('code', django.db.models.functions.text.Concat(models.F('subdistrict'), django.db.models.functions.text.LPad(django.db.models.functions.comparison.Cast('moo', models.CharField()), 2, models.Value('0'))))), name='places_village_code_is_its_subdistrict_and_number'),
        ),
    ]
