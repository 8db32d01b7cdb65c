import django.db.models.deletion
import nayu.kernel.scope
import nayu.kernel.tenancy
import nayu.kernel.walls
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='RateBucket',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('empty_at', models.DateTimeField()),
                ('refused', models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name='GivenAnswer',
            fields=[
                ('id', models.UUIDField(default=nayu.kernel.tenancy.new_id, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=64)),
                ('bound_to', models.CharField(max_length=64)),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('location', models.TextField(blank=True)),
                ('json', models.TextField(blank=True)),
                ('made_at', models.DateTimeField()),
                ('lao', nayu.kernel.tenancy.LaoKey(db_index=False, default=nayu.kernel.scope.here, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.lao')),
            ],
            options={
                'indexes': [models.Index(fields=['lao', 'made_at'], name='kernel_givenanswer_old')],
                'constraints': [nayu.kernel.walls.RowWall(name='kernel_givenanswer_one_lao'), models.UniqueConstraint(fields=('lao', 'key'), name='kernel_givenanswer_key_once')],
            },
        ),
    ]
